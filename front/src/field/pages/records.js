// Everything recorded on this phone and how it stands.
import { html } from "../html.js";
import { cells, nothing, recordCell } from "../kit.js";
import { inOrder, kindName } from "../records.js";
import { operations, waiting } from "../store/outbox.js";
import { sync } from "../sync/engine.js";
import { state } from "../sync/state.js";
import { moment, t } from "../words.js";

export async function page() {
  const ops = inOrder(await operations());
  return {
    title: t("我的记录"), tab: "me", back: "#/me", live: true,
    body: html`<p class="lead">${said(ops)}${state.contact ? ` ${t("上次同步 %(at)s", { at: moment(state.contact) })}` : ""}</p>
      <p><button type="button" class="weui-btn weui-btn_primary" data-act="now"${state.working ? html` disabled` : ""}>${state.working ? t("同步中……") : t("立即同步")}</button></p>
      ${ops.length ? cells(ops.map((op) => recordCell(op, kindName(op)))) : nothing(t("这部手机上还没有记录。"))}`,
    acts: { now: () => sync() },
  };
}

function said(ops) {
  const refused = ops.filter((op) => op.state === "rejected").length;
  if (waiting().length) return t("%(n)s 条还没有完全收到。", { n: waiting().length });
  return refused ? t("%(n)s 条未接受", { n: refused }) : t("全部收到。");
}
