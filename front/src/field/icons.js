// The icons of the app, taken into the script itself: no request, no sprite to wait for.
import alert from "@tabler/icons/outline/alert-triangle.svg?raw";
import back from "@tabler/icons/outline/chevron-left.svg?raw";
import building from "@tabler/icons/outline/building.svg?raw";
import camera from "@tabler/icons/outline/camera.svg?raw";
import care from "@tabler/icons/outline/heart-handshake.svg?raw";
import check from "@tabler/icons/outline/check.svg?raw";
import cloudOff from "@tabler/icons/outline/wifi-off.svg?raw";
import collect from "@tabler/icons/outline/clipboard.svg?raw";
import door from "@tabler/icons/outline/door.svg?raw";
import home from "@tabler/icons/outline/home.svg?raw";
import list from "@tabler/icons/outline/list-check.svg?raw";
import map from "@tabler/icons/outline/map.svg?raw";
import mediate from "@tabler/icons/outline/messages.svg?raw";
import next from "@tabler/icons/outline/chevron-right.svg?raw";
import online from "@tabler/icons/outline/wifi.svg?raw";
import scan from "@tabler/icons/outline/qrcode.svg?raw";
import search from "@tabler/icons/outline/search.svg?raw";
import sync from "@tabler/icons/outline/refresh.svg?raw";
import user from "@tabler/icons/outline/user.svg?raw";
import walk from "@tabler/icons/outline/walk.svg?raw";
import { trusted } from "./html.js";

const ICONS = { alert, back, building, camera, care, check, cloudOff, collect, door, home, list, map, mediate, next, online, scan, search, sync, user, walk };

/** Decoration beside words. */
export function icon(name) {
  const shape = ICONS[name].replace(/<!--[\s\S]*?-->/, "").replace(/<svg[^>]*>/, "").replace("</svg>", "");
  return trusted(`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`);
}
