// Loaded before each script, and written so that any Node can run it.
const needed = require('../../package.json').engines.node.replace('>=', '');
const parts = process.versions.node.split('.').map(Number);
const least = needed.split('.').map(Number);

if (parts[0] < least[0] || (parts[0] === least[0] && parts[1] < least[1])) {
  console.error(
    'Marquee needs Node ' + needed + ' or later; this is Node ' + process.versions.node + '. See https://nodejs.org.',
  );
  process.exit(1);
}
