// Lets Node run the published sources as they are: `.ts` files that leave out the endings of what they import.
// Import it before them; the built package needs nothing of this.
import { registerHooks } from 'node:module';

const isOurs = (url) => url !== undefined && /\.ts(\?|$)/.test(url) && !url.includes('/node_modules/');

/** A module of a second copy imports the second copy of others: `?process=2`, for tests of a process that has ended. */
const copyOf = (url) => (isOurs(url) ? new URL(url).search : '');

registerHooks({
	resolve(specifier, context, next) {
		if (/^(n8n-|@n8n\/)/.test(specifier)) {
			// n8n's packages as n8n loads them: their ES modules do not load by themselves.
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
