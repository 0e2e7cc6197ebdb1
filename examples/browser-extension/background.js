/** 「聽這一頁」 in the context menu and on the toolbar: opens the panel, which does the rest. */

const MENU = "listen";

chrome.runtime.onInstalled.addListener(() => {
  const title = chrome.i18n.getMessage("listen");
  chrome.contextMenus.create({ id: MENU, title, contexts: ["page", "selection"] });
});
chrome.contextMenus.onClicked.addListener((_, tab) => listenTo(tab));
chrome.action.onClicked.addListener((tab) => listenTo(tab));

/**
 * Both browsers open a panel only while the press is being handled: first that, then the page.
 * @param {chrome.tabs.Tab} tab
 */
function listenTo(tab) {
  openPanel(tab).catch(openWindow);
  chrome.storage.session.set({ wanted: { tabId: tab.id, at: Date.now() } });
}

/** @param {chrome.tabs.Tab} tab */
async function openPanel(tab) {
  if (globalThis.browser?.sidebarAction) await browser.sidebarAction.open();
  else await chrome.sidePanel.open({ windowId: tab.windowId });
}

/** Where there is no panel, a small window. */
async function openWindow() {
  const url = chrome.runtime.getURL("panel.html");
  const [open] = await chrome.tabs.query({ url });
  if (!open) await chrome.windows.create({ url, type: "popup", width: 420, height: 320 });
}
