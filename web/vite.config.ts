import { brotliCompressSync, gzipSync } from 'node:zlib';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Writes NAME.br and NAME.gz beside each text file, so that the server only has to send it. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle() {
      for (const folder of ['dist', 'dist/assets']) {
        for (const name of readdirSync(folder)) {
          if (/\.(js|css|html|svg)$/.test(name)) {
            const file = join(folder, name);
            writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
            writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
          }
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompress()],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  // In development: `npm run dev` beside a server on the default port; sign in there first.
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/signin': 'http://127.0.0.1:8080' } },
});
