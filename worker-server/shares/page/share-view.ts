import type { Share, ShareDetails } from '../store/share-table.ts';

/** The data of a link's page. URLs that other sites read are absolute. */
export interface ShareView {
  id: string;
  form: Share['form'];
  title: string;
  details: ShareDetails | null;
  mediaType: string;
  pageUrl: string;
  embedUrl: string;
  mediaUrl: string;
  cardUrl: string | null;
  hasPoster: boolean;
  hasRecipe: boolean;
  expiresAt: Date;
  /** `mailto:` URL for reports; null without SHARE_CONTACT. */
  reportUrl: string | null;
}

export function viewOf(share: Share, origin: string, contact: string): ShareView {
  const { id, form, title, details, mediaType, hasPoster, expiresAt } = share;
  const pageUrl = `${origin}/s/${id}`;
  const hasCard = hasPoster || form === 'recipe';
  return {
    ...{ id, form, title, details, mediaType, hasPoster, pageUrl },
    embedUrl: `${origin}/embed/${id}`,
    mediaUrl: `${pageUrl}/media`,
    cardUrl: hasCard ? `${pageUrl}/card.jpg` : null,
    hasRecipe: details?.recipe != null,
    expiresAt: new Date(expiresAt),
    reportUrl:
      contact === '' ? null : `mailto:${contact}?subject=${encodeURIComponent(`Report: ${pageUrl}`)}`,
  };
}
