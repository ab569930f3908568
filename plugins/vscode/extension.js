// Starts `stratagem lsp` and lets VS Code talk to it. Plain JavaScript: nothing has to be built.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

function settings() {
  return vscode.workspace.getConfiguration("stratagem");
}

async function start() {
  const [command, ...args] = settings().get("command", ["stratagem", "lsp"]);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = { command, args, options: folder ? { cwd: folder } : {} };
  const options = {
    documentSelector: [
      { scheme: "file", language: "stratagem" },
      { scheme: "untitled", language: "stratagem" },
    ],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.strategy,pyproject.toml}") },
  };
  const starting = new LanguageClient("stratagem", "Stratagem", server, options);
  client = starting;
  starting.error = (message, data) => LanguageClient.prototype.error.call(starting, message, data, false);
  try {
    await starting.start();
  } catch (fault) {
    explain(command, fault); // the one notice of this fault; what the library would show of it goes to the output panel
  } finally {
    delete starting.error;
  }
}

async function explain(command, fault) {
  const what = `Stratagem: \`${command}\` could not be started: ${fault.message ?? fault}`;
  const way = 'Install it with: pip install "stratagem[lsp]", or say in the settings where it is.';
  const chosen = await vscode.window.showErrorMessage(`${what}. ${way}`, "Open the setting");
  if (chosen) await vscode.commands.executeCommand("workbench.action.openSettings", "stratagem.command");
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.needsStop()) await running.stop(); // one that never started has nothing to stop, and says so by throwing
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("stratagem.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("stratagem.command")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
