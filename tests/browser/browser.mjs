// What both scripts need: a Chromium, and the pages to open. Where either is missing, they say so and leave.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

function chromium() {
  const named = process.env.CHROMIUM;
  const found = ["chromium", "chromium-browser", "google-chrome", "chrome"]
    .map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim())
    .find(Boolean);
  const path = named ?? found;
  if (!path || !existsSync(path)) skip("no Chromium on this machine (name one in CHROMIUM)");
  return path;
}

export async function launch() {
  const executablePath = chromium();
  let playwright;
  try {
    playwright = await import("playwright-core");
  } catch {
    skip("playwright-core is not installed (run `npm install` in tests/browser)");
  }
  return playwright.chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

// The pages are written by the tests of the crate, so that they are what users get.
export function samples() {
  const folder = join(root, "target", "browser-samples");
  mkdirSync(folder, { recursive: true });
  execFileSync("cargo", ["test", "--locked", "--workspace", "--quiet", "--lib", "samples_for_the_browser", "--", "--ignored"], {
    cwd: root,
    env: { ...process.env, WHARFINGER_SAMPLES: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return (name) => pathToFileURL(join(folder, `${name}.html`)).href;
}
