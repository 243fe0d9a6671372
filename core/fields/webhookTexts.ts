import type { INodeTypeDescription } from 'n8n-workflow';

/**
 * What the editor shows about a webhook trigger outside its fields.
 * @param provider the provider's name as in its dashboard
 * @param habits what this provider does with notifications that were not acknowledged, in whole sentences
 */
export function webhookTexts(
	provider: string,
	habits: string,
): Pick<INodeTypeDescription, 'eventTriggerDescription' | 'activationMessage' | 'triggerPanel'> {
	const repeats =
		'The same event can arrive twice, with the same eventId. Make the reference of each payment from the eventId, or drop repeats with a Remove Duplicates node that has Retry On Fail on.';
	return {
		eventTriggerDescription: `Waiting for a notification to the Test URL. ${provider} must have that URL while you test.`,
		activationMessage: `Each notification of ${provider} to the Production URL now starts this workflow.`,
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive: `<b>While you test</b>, ${provider} must have the Test URL: paste it there, press the button, and let a payment change. <b>Then</b> publish the workflow and paste the Production URL. Both must be reachable by HTTPS. ${habits} ${repeats}`,
				active: `Each notification to the Production URL starts this workflow. To test a change, ${provider} must have the Test URL meanwhile. ${habits} ${repeats}`,
			},
		},
	};
}
