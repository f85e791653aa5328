package samovar.client.selftest;

import samovar.client.browser.BrowserClock;
import samovar.client.browser.BrowserNormalizer;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.client.js.WorkerScope;

/**
 * The self-test in a module worker of the test server; each line is posted to the page, and an empty one at the end. Arguments: the
 * address under which the repository's files are served; then nothing for {@link SelfTest}; or device, dtypes and
 * number of cases for {@link ModelCases}; or {@code images} for {@link DecodeCases}; or {@code tokenizer}, a model's folder and seconds for {@link TokenizerSpeed};
 * or {@code json} and a file for {@link JsonSpeed}; or {@code preprocess} and rounds for {@link ImageSpeed};
 * or {@code readme}, one of its programs and what that is given, which prints to the console.
 */
public final class SelfTestMain {
    private SelfTestMain() {}

    public static void main(String[] args) {
        Texts texts = path -> fetch(args[0] + path);
        try {
            if (args.length == 1) {
                new SelfTest(texts, new BrowserNormalizer(), WorkerScope::postMessage).run();
            } else if (args[1].equals("images")) {
                DecodeCases.run(args[0], texts, new Report(WorkerScope::postMessage));
            } else if (args[1].equals("tokenizer")) {
                TokenizerSpeed.run(
                        texts,
                        args[2],
                        Integer.parseInt(args[3]),
                        new BrowserNormalizer(),
                        new BrowserClock(),
                        WorkerScope::postMessage);
            } else if (args[1].equals("json")) {
                JsonSpeed.run(
                        texts.read(args[2]), new BrowserNormalizer(), new BrowserClock(), WorkerScope::postMessage);
            } else if (args[1].equals("preprocess")) {
                ImageSpeed.run(Integer.parseInt(args[2]), new BrowserClock(), WorkerScope::postMessage);
            } else if (args[1].equals("readme")) {
                readme(args[2], new String[] {args[3]});
            } else {
                ModelCases.run(texts, args[1], args[2].split(","), Integer.parseInt(args[3]));
            }
        } catch (RuntimeException e) {
            WorkerScope.postMessage("FAIL: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        WorkerScope.postMessage("");
    }

    private static void readme(String program, String[] arguments) {
        if (program.equals("florence-2")) {
            ReadmeFlorence2.main(arguments);
        } else {
            ReadmeTextGeneration.main(arguments);
        }
    }

    private static String fetch(String url) {
        Response response = Await.of(Globals.fetch(url, null));
        if (!response.isOk()) {
            throw new JsFault("NotFound", url + ": status " + response.getStatus());
        }
        return Await.of(response.text()).stringValue();
    }
}
