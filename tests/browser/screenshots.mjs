// Pictures of a report for docs/: on a desktop, in the dark, on a telephone, on paper. `node screenshots.mjs REPORT.html [FOLDER]`
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { launch, root } from "./browser.mjs";

const browser = await launch();
const report = resolve(process.argv[2] ?? join(root, "examples", "report.html"));
const folder = resolve(process.argv[3] ?? join(root, "docs", "screenshots"));
mkdirSync(folder, { recursive: true });

async function picture(name, { width, height, media = "screen", colorScheme = "light", at = null }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await page.goto(pathToFileURL(report).href);
  await page.emulateMedia({ media, colorScheme });
  // A sheet of paper has margins, which a picture of the print style has not.
  if (media === "print") await page.evaluate(() => { document.body.style.padding = "50px 56px"; });
  if (at) await page.locator(at).first().evaluate((element) => element.scrollIntoView({ behavior: "instant" }));
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  console.log(join(folder, `${name}.png`));
}

await picture("desktop", { width: 1100, height: 800 });
await picture("candidate", { width: 1100, height: 640, at: "#divest .cards" });
await picture("dark", { width: 1100, height: 640, colorScheme: "dark", at: "#divest .cards" });
await picture("narrow", { width: 390, height: 844, at: "#divest .cards" });
await picture("print", { width: 794, height: 1123, media: "print" });
await browser.close();
