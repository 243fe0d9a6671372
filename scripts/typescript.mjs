// Lets Node run the published sources as they are: `.ts` files whose imports have no endings. Import this file before them.
// The built package does not need it.
import { registerHooks } from 'node:module';

const isOurs = (url) => url !== undefined && /\.ts(\?|$)/.test(url) && !url.includes('/node_modules/');

/** A module with `?process=2` imports other modules with the same mark. So a test gets a second copy, as a new process has. */
const copyOf = (url) => (isOurs(url) ? new URL(url).search : '');

registerHooks({
	resolve(specifier, context, next) {
		if (/^(n8n-|@n8n\/)/.test(specifier)) {
			// n8n's packages are loaded as n8n loads them. Their ES modules do not load alone.
			return next(specifier, { ...context, conditions: ['require', 'node'] });
		}
		const isBare = isOurs(context.parentURL) && /^\.\.?\//.test(specifier) && !specifier.endsWith('.ts');
		const found = next(isBare ? `${specifier}.ts` : specifier, context);
		if (!isOurs(found.url)) return found;
		const url = new URL(found.url);
		url.search ||= copyOf(context.parentURL);
		return { ...found, url: url.href, format: 'module-typescript' };
	},
});
