// A stand-in for VS Code and its client library: runs extension.js and tells, as JSON, what it asked of them.
"use strict";
const Module = require("node:module");
const told = { registered: [], asked: [], servers: [], started: 0, stopped: 0, errors: [], selectors: [], opened: [] };
const changed = [];

/** Fails to start as long as the program is not there, and then refuses to be stopped, as the real one does. */
class LanguageClient {
  constructor(id, name, server, options) {
    this.server = server;
    this.running = false;
    told.servers.push(server);
    told.selectors = options.documentSelector;
  }
  async start() {
    if (this.server.command === "absent") {
      this.error("Stratagem client: couldn't create connection to server.", undefined, "force");
      throw new Error("spawn absent ENOENT");
    }
    this.running = true;
    told.started += 1;
  }
  error(words, _data, show = true) {
    if (show) told.errors.push(words);
  }
  needsStop() {
    return this.running;
  }
  async stop() {
    if (!this.running) throw new Error("Client is not running and can't be stopped.");
    told.stopped += 1;
  }
}

let command = ["absent"];
const get = (name, otherwise) => (told.asked.push(name), command ?? otherwise);
const vscode = {
  commands: {
    registerCommand: (name, act) => (told.registered.push(name), (vscode.commands[name] = act), {}),
    executeCommand: async (...words) => told.opened.push(words),
  },
  window: { showErrorMessage: async (words, button) => (told.errors.push(words), button) },
  workspace: {
    workspaceFolders: [{ uri: { fsPath: "/shop" } }],
    getConfiguration: (section) => (told.asked.push(section), { get }),
    onDidChangeConfiguration: (act) => (changed.push(act), {}),
    createFileSystemWatcher: () => ({}),
  },
};
const given = { vscode, "vscode-languageclient/node": { LanguageClient } };
const load = Module._load;
Module._load = (name, ...more) => given[name] ?? load(name, ...more);

(async () => {
  const extension = require(process.argv[2]);
  await extension.activate({ subscriptions: [] });
  command = undefined;
  await vscode.commands["stratagem.restart"]();
  for (const act of changed) await act({ affectsConfiguration: (name) => name === "stratagem.command" });
  await extension.deactivate();
  await extension.deactivate();
  console.log(JSON.stringify(told));
})();
