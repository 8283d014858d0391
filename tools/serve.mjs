// @ts-check
// A static file server for the built site, with the headers that give it threads.
//
//   node tools/serve.mjs DIRECTORY [--port 8080] [--host 127.0.0.1] [--no-isolation] [--no-open]
//
// --no-isolation leaves out COOP and COEP, as a plain static host does; --port 0 takes any free port.

import { spawn } from 'node:child_process';
import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

/** @type {Record<string, string>} */
const kTypes = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/octet-stream',  // never with Content-Encoding: the page unpacks it itself
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const kCompressed = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest']);

/**
 * The file that a request's path names, or null where there is none inside the directory.
 * @param {string} root @param {string} requestPath
 */
function findFile(root, requestPath) {
  let path;
  try {
    path = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  let file = resolve(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  if (!existsSync(file)) return null;
  file = realpathSync(file);
  if (file !== root && !file.startsWith(root + sep)) return null;  // a symbolic link that leads out
  if (!statSync(file).isDirectory()) return { file, redirect: false };
  if (!requestPath.endsWith('/')) return { file, redirect: true };
  const index = join(file, 'index.html');
  return existsSync(index) ? { file: index, redirect: false } : null;
}

/**
 * @param {string} directory
 * @param {{isolation?: boolean}} [options]
 * @returns {import('node:http').Server}
 */
export function createSiteServer(directory, { isolation = true } = {}) {
  const root = realpathSync(directory);
  return createServer((request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-cache');
    if (isolation) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    }
    /** @param {number} status @param {string} text */
    const refuse = (status, text) => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(405, 'Only GET and HEAD');
    }
    const [path] = (request.url ?? '/').split('?', 1);
    const found = findFile(root, path);
    if (!found) return refuse(404, 'Not found');
    if (found.redirect) {
      response.writeHead(301, { Location: `/${path.replace(/^[/\\]+/, '')}/` });  // one slash: never another host
      return void response.end();
    }

    const { size, mtimeMs } = statSync(found.file);
    const tag = `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
    response.setHeader('ETag', tag);
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304);
      return void response.end();
    }
    const extension = extname(found.file);
    response.setHeader('Content-Type', kTypes[extension] ?? 'application/octet-stream');
    const compress = kCompressed.has(extension) && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (compress) {
      response.setHeader('Content-Encoding', 'gzip');
      response.setHeader('Vary', 'Accept-Encoding');
    } else {
      response.setHeader('Content-Length', size);
    }
    response.writeHead(200);
    if (request.method === 'HEAD') return void response.end();
    const stream = createReadStream(found.file);
    stream.on('error', () => response.destroy());
    response.on('close', () => stream.destroy());
    if (compress) {
      stream.pipe(createGzip({ level: 6 })).pipe(response);
    } else {
      stream.pipe(response);
    }
  });
}

/** @param {string} url */
function openBrowser(url) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});  // no such program: the URL is printed anyway
  child.unref();
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      'no-isolation': { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const [directory] = positionals;
  const port = Number(values.port);
  if (positionals.length !== 1 || !Number.isInteger(port) || port < 0 || port > 65535) {
    console.error('usage: node tools/serve.mjs DIRECTORY [--port 8080] [--host 127.0.0.1] [--no-isolation] [--no-open]');
    process.exit(2);
  }
  if (!existsSync(join(directory, 'index.html'))) {
    console.error(`serve: ${directory} has no index.html; build the site first (make site)`);
    process.exit(2);
  }
  const server = createSiteServer(directory, { isolation: !values['no-isolation'] });
  server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    console.error(error.code === 'EADDRINUSE' ? `serve: port ${port} is taken; choose another with PORT=` : `serve: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, values.host, () => {
    const address = /** @type {import('node:net').AddressInfo} */ (server.address());
    const url = `http://${values.host === '127.0.0.1' ? 'localhost' : values.host}:${address.port}/`;
    console.log(`Convoscope: ${url}   (stop with Ctrl+C)`);
    if (!values['no-open']) openBrowser(url);
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) main();
