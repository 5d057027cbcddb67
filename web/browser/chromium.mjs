import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.ESTRAN_CHROMIUM ?? '/usr/bin/chromium';

/** @param bars whether scroll bars are drawn, which a headless browser leaves out */
export function launch({ bars = false } = {}) {
  if (!existsSync(executablePath)) {
    throw new Error(`There is no Chromium at ${executablePath}. Install it (Debian: apt-get install chromium), or name its file in ESTRAN_CHROMIUM.`);
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    ignoreDefaultArgs: bars ? ['--hide-scrollbars'] : [],
  });
}

/** A page of its own, in a language and a theme; what it logs as an error is kept. */
export async function open(browser, link, { language = 'en', theme = 'light', width = 1280, height = 800 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // A refused statement is an answer of the API, which the browser also logs; so is a server that was stopped on purpose.
    if (message.type() === 'error' && !/status of 4\d\d|net::ERR_(CONNECTION|INTERNET|EMPTY)/.test(message.text())) errors.push(message.text());
  });
  await page.goto(link);
  return { page, context, errors };
}
