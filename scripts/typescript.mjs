// Lets Node run the published sources as they are: `.ts` files that leave out the endings of what they import.
// Import it before them; the built package needs nothing of this.
import { registerHooks } from 'node:module';

const isOurs = (url) => url !== undefined && url.endsWith('.ts') && !url.includes('/node_modules/');

registerHooks({
	resolve(specifier, context, next) {
		if (/^(n8n-|@n8n\/)/.test(specifier)) {
			// n8n's packages as n8n loads them: their ES modules do not load by themselves.
			return next(specifier, { ...context, conditions: ['require', 'node'] });
		}
		const isBare = isOurs(context.parentURL) && /^\.\.?\//.test(specifier) && !specifier.endsWith('.ts');
		const found = next(isBare ? `${specifier}.ts` : specifier, context);
		return isOurs(found.url) ? { ...found, format: 'module-typescript' } : found;
	},
});
