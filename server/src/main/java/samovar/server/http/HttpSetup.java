package samovar.server.http;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;

/** How Jetty and Javalin are set up for all routes. */
public final class HttpSetup {
    private static final int MAX_HEADER_BYTES = 16 << 10;

    private HttpSetup() {}

    public static void apply(JavalinConfig config, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.host = host;
        config.jetty.port = port;
        config.router.treatMultipleSlashesAsSingleSlash = false;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(HttpSetup::configure);
        config.jetty.modifyServer(server -> server.setErrorHandler(new CommonHeaders.Errors()));
        // Clients of the Hub write the slash of refs/pr/1, and SDKs the one in a model's id, as %2F.
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        ErrorMapper.install(config);
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT.with("Samovar", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        http.addCustomizer(new CommonHeaders());
    }
}
