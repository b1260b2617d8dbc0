// The residents' pages. Without this file every one of them works by plain forms.
import "weui/dist/style/base/base.min.css";
import "weui/dist/style/widget/weui-cell/weui-cell.min.css";
import "weui/dist/style/widget/weui-cell/weui-cell-form.min.css";
import "weui/dist/style/widget/weui-page/weui-form.min.css";
import "weui/dist/style/widget/weui-button/weui-button.min.css";
import "./citizen.css";

document.documentElement.classList.add("ready");

// An error summary is read first: focus goes to it.
document.querySelector("[data-errors]")?.focus();

// A page that says so prints by a button.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
