/**
 * The page: what a visitor sees and does. In come models, plans and answers through {@link samovar.client.ui.ModelPlaces}
 * and {@link samovar.task.ChatBackend}, and the visitor's clicks; out go requests to these ports and what the page shows.
 * It can't tell where a model runs but by what an offer says.
 *
 * <p>One coroutine ({@link samovar.client.ui.ChatPage}) does everything that awaits, one thing after the other; listeners of
 * the page only note what was asked and set flags.
 */
package samovar.client.ui;
