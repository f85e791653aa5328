package samovar.server.http;

import io.javalin.config.JavalinConfig;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** How Jetty and Javalin are set up for all routes. */
public final class HttpSetup {
    private static final int MAX_HEADER_BYTES = 16 << 10;
    /** How many connections may wait to be taken. Java's 50 are soon full, and whoever finds them so tries again a second later. */
    private static final int WAITING_CONNECTIONS = 1024;

    private HttpSetup() {}

    /** @param tls empty for http */
    public static void apply(JavalinConfig config, String host, int port, Optional<SslContextFactory.Server> tls) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.host = host;
        config.jetty.port = port;
        config.router.treatMultipleSlashesAsSingleSlash = false;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(HttpSetup::configure);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new CommonHeaders.Errors());
            server.addEventListener(new Connectors());
        });
        // Clients of the Hub write the slash of refs/pr/1, and SDKs the one in a model's id, as %2F.
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        tls.ifPresent(
                factory -> config.jetty.addConnector((server, http) -> connector(server, http, factory, host, port)));
        ErrorMapper.install(config);
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, SslContextFactory.Server tls, String host, int port) {
        HttpConfiguration secure = new HttpConfiguration(http);
        // Whatever name a client calls this machine by is right: which names may use it is the access rule's to say.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(
                server,
                new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(secure));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT.with("Samovar", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        http.addCustomizer(new CommonHeaders());
    }

    /** Sets up what listens once it is known, just before it listens. */
    private static final class Connectors implements LifeCycle.Listener {
        @Override
        public void lifeCycleStarting(LifeCycle event) {
            if (event instanceof Server server) {
                for (Connector connector : server.getConnectors()) {
                    if (connector instanceof ServerConnector listening) {
                        listening.setAcceptQueueSize(WAITING_CONNECTIONS);
                    }
                }
            }
        }
    }
}
