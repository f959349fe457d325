/** The activities of a campaign, as its workflow calls them and the app registers them. */
export const CAMPAIGN_STEPS = { advance: 'advanceCampaign', forOne: 'actForCampaign' } as const;
