// Rebuilds static/vendor/ and tests/browser/vendor/ from the packages pinned in package.json:
//   cd tools/vendor && npm ci && npm run build
// The result is committed, so that installing Citizen Voice needs no Node.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { transform } from 'lightningcss'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const packages = join(here, 'node_modules')
const pinned = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).devDependencies

/** The oldest browsers the site is styled for; older ones get plain forms. */
const targets = { safari: 15 << 16, ios_saf: 15 << 16, chrome: 100 << 16, firefox: 100 << 16 }

function checkInstalled (name) {
  const { version } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  if (version !== pinned[name]) throw new Error(`${name} ${version} is installed, ${pinned[name]} is pinned: run npm ci`)
  return version
}

function stylesheet () {
  const { css } = compile(join(here, 'govuk.scss'), { loadPaths: [packages], quietDeps: true })
  return transform({ filename: 'govuk.css', code: Buffer.from(css), minify: true, targets }).code
}

async function script () {
  const result = await build({
    entryPoints: [join(here, 'govuk.js')],
    bundle: true,
    format: 'iife',
    legalComments: 'none',
    minify: true,
    target: ['safari15', 'chrome100', 'firefox100'],
    write: false
  })
  return result.outputFiles[0].contents
}

/** A package and all that it needs as one script, which leaves its names behind in `globalName`. */
async function bundled (name, globalName) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [name],
    bundle: true,
    format: 'iife',
    globalName,
    legalComments: 'none',
    metafile: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    write: false
  })
  const [output] = Object.values(result.metafile.outputs)
  const inside = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const folders = new Set(inside.map(([path]) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)[0]))
  folders.delete(`node_modules/${name}`)
  return { content: result.outputFiles[0].contents, licences: [...folders].sort().map(licence).join('\n') }
}

/** What the package in a folder says about its licence. */
function licence (folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'))
  const file = readdirSync(join(here, folder)).find((each) => /^licen[cs]e/i.test(each))
  const text = file ? readFileSync(join(here, folder, file), 'utf8').trim() : `By ${author?.name ?? author}; it comes without a text.`
  return `${'='.repeat(72)}\n${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n')}\n`
}

const fromPackage = (...path) => readFileSync(join(packages, ...path))

/** Writes the files of one vendor folder and its MANIFEST.json. */
function write (folder, entries) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = entries.map(({ file, content, ...facts }) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return { file, ...facts, sha256 }
  })
  writeFileSync(join(folder, 'MANIFEST.json'), JSON.stringify({ rebuilt_by: 'tools/vendor/build.mjs', files }, null, 2) + '\n')
}

const govuk = checkInstalled('govuk-frontend')
const htmx = checkInstalled('htmx.org')
const axe = checkInstalled('axe-core')
const consumer = '@extractus/oembed-extractor'
const extractor = checkInstalled(consumer)

const govukFacts = { package: 'govuk-frontend', version: govuk, licence: 'MIT' }
const htmxFacts = { package: 'htmx.org', version: htmx, licence: '0BSD' }
const axeFacts = { package: 'axe-core', version: axe, licence: 'MPL-2.0' }
const extractorFacts = { package: consumer, version: extractor, licence: 'MIT' }

write(join(root, 'static', 'vendor'), [
  { file: `govuk-frontend-${govuk}/govuk.min.css`, ...govukFacts, made: 'compiled from tools/vendor/govuk.scss', content: stylesheet() },
  { file: `govuk-frontend-${govuk}/govuk.min.js`, ...govukFacts, made: 'bundled from tools/vendor/govuk.js', content: await script() },
  { file: `govuk-frontend-${govuk}/LICENSE.txt`, ...govukFacts, made: 'copied', content: readFileSync(join(here, 'licences', 'govuk-frontend.txt')) },
  { file: `htmx-${htmx}/htmx.min.js`, ...htmxFacts, made: 'copied', content: fromPackage('htmx.org', 'dist', 'htmx.min.js') },
  { file: `htmx-${htmx}/LICENSE`, ...htmxFacts, made: 'copied', content: fromPackage('htmx.org', 'LICENSE') }
])

const { content, licences } = await bundled(consumer, 'oembedExtractor')

write(join(root, 'tests', 'browser', 'vendor'), [
  { file: 'axe.min.js', ...axeFacts, made: 'copied', content: fromPackage('axe-core', 'axe.min.js') },
  { file: 'axe-LICENSE.txt', ...axeFacts, made: 'copied', content: fromPackage('axe-core', 'LICENSE') },
  { file: 'axe-LICENSE-3RD-PARTY.txt', ...axeFacts, made: 'copied', content: fromPackage('axe-core', 'LICENSE-3RD-PARTY.txt') },
  { file: 'oembed-extractor.min.js', ...extractorFacts, made: 'bundled with the packages that it needs', content },
  { file: 'oembed-extractor-LICENSE.txt', ...extractorFacts, made: 'copied', content: fromPackage(consumer, 'LICENSE') },
  { file: 'oembed-extractor-LICENSE-3RD-PARTY.txt', ...extractorFacts, made: 'copied from the packages bundled with it', content: licences }
])
