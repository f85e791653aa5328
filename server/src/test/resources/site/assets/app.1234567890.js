export const samovar = 'plain';
