import { bridgePay } from '../../nodes/BridgePay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(bridgePay, readContract('bridgepay'), {
	// The two unsigned mirrors below /api/public were seen in one client only; the signed paths do the same.
	covered: ({ docStatus }) => docStatus !== 'inferred',
	count: 16,
	notOffered: {
		// For pay-outs.
		createPayIn: ['paymentRequisites', 'matchingSettings'],
		// For pay-ins: startDeal is "in only", the rest is about the payer and the payment page.
		createPayOut: [
			'startDeal',
			'maxAmount',
			'crossBorderCurrency',
			'crossBorderRequisiteType',
			'successUrl',
			'cancelUrl',
			'lang',
			'strictlySingleTransfer',
		],
	},
	// The placeholder of the credential stands there until a code is typed.
	filledIn: { create: ['code2FA'] },
	// Hidden fields that are always true where they are shown.
	ownRule: ['createPayIn.startDeal', 'createPayIn.allowMatching', 'createPayOut.allowMatching'],
});
