// Pictures of a report for docs/: desktop, dark, narrow, and as printed. Give the report, or the test page is taken.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launch, root, samples } from "./browser.mjs";

const browser = await launch();
const given = process.argv[2];
const address = given ? pathToFileURL(given).href : samples()("report");
const folder = process.argv[3] ?? join(root, "docs", "screenshots");
mkdirSync(folder, { recursive: true });

async function picture(name, { width, height, media = "screen", colorScheme = "light", at = null }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await page.goto(address);
  await page.emulateMedia({ media, colorScheme });
  if (at) await page.locator(at).first().evaluate((element) => element.scrollIntoView({ behavior: "instant" }));
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  console.log(`docs/screenshots/${name}.png`);
}

await picture("report", { width: 1200, height: 900 });
await picture("candidate", { width: 1200, height: 800, at: ".cards" });
await picture("dark", { width: 1200, height: 800, colorScheme: "dark", at: ".cards" });
await picture("narrow", { width: 390, height: 844, at: ".cards" });
await picture("print", { width: 794, height: 1123, media: "print" });
await browser.close();
