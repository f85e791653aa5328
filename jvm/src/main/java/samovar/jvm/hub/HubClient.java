package samovar.jvm.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;

/**
 * Asks a Hub, or a mirror that answers as the Hub does, for listings, searches and contents. Keeps nothing. May be shared between
 * threads.
 */
public final class HubClient {
    /** How long a connection, the head of an answer, and the next bytes of a body may take. */
    public record Patience(Duration connect, Duration head, Duration stall) {
        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    private static final Retries LISTINGS = new Retries(2, Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final int MAX_LISTING_BYTES = 64 << 20;
    private static final int MAX_SEARCH_BYTES = 8 << 20;
    private static final int MAX_PAGES = 1000;

    private final HubUrls urls;
    private final HubRequests requests;

    /** @param token an access token for gated repositories, as the Hub's tools read it from {@code HF_TOKEN} */
    public HubClient(HubUrls urls, Optional<String> token, Patience patience) {
        this.urls = urls;
        this.requests = new HubRequests(token, patience);
    }

    /** A JSON answer, and the address of the next page where there is one. */
    private record Page(Json json, Optional<String> next) {}

    /**
     * A repository at a revision, all its files with sizes and hashes. Asked with the token, where there is one.
     *
     * @throws HubException as {@link samovar.hub.FileSource#list}
     */
    public RepoInfo info(RepoId repo, Revision revision) {
        String subject = repo + "@" + revision;
        String url = urls.modelInfo(repo, revision);
        Json json = page(url, subject, MAX_LISTING_BYTES, true).json();
        try {
            Optional<RepoInfo> info = RepoInfo.ofUpstream(json, repo, requests.hasToken());
            if (info.isPresent()) {
                return info.get();
            }
            // A Hub that names files without hashes, which ours does for ?blobs=true, has them in its tree.
            String commit = json.get("sha").asString();
            return RepoInfo.ofUpstream(
                    json, new RepoListing(repo, commit, tree(repo, new Revision(commit))), requests.hasToken());
        } catch (JsonException e) {
            throw noListing(url, subject, e.getMessage(), e);
        }
    }

    /** All files of the tree, page after page. */
    private List<RepoFile> tree(RepoId repo, Revision commit) {
        String subject = repo + "@" + commit;
        List<RepoFile> files = new ArrayList<>();
        Optional<String> url = Optional.of(urls.tree(repo, commit));
        for (int pages = 0; url.isPresent(); pages++) {
            if (pages == MAX_PAGES) {
                throw new HubException(
                        HubException.Kind.INVALID, subject, "the tree of " + subject + " has over " + pages + " pages");
            }
            Page page = page(url.get(), subject, MAX_LISTING_BYTES, true);
            files.addAll(RepoListing.filesOfTree(page.json()));
            url = page.next().map(next -> ours(next, subject));
        }
        return files;
    }

    /** One page of a search. */
    public record Found(Json models, Optional<String> nextQuery) {}

    /**
     * Searches for models.
     *
     * @param query of {@code /api/models}, percent-encoded, without the question mark
     * @param asOwner whether the access token goes with it, so that its owner's private models are found
     */
    public Found search(String query, boolean asOwner) {
        String url = urls.base() + "/api/models?" + query;
        Page page = page(url, "the models found by " + query, MAX_SEARCH_BYTES, asOwner);
        if (!page.json().isArray()) {
            throw noListing(url, query, "no list of models", null);
        }
        return new Found(page.json(), page.next().map(next -> URI.create(ours(next, query))
                .getRawQuery()));
    }

    /** The next page lies on the same Hub, or it is none of its pages. */
    private String ours(String next, String subject) {
        URI hub = URI.create(urls.base());
        try {
            URI target = hub.resolve(next);
            if (hub.getScheme().equals(target.getScheme())
                    && hub.getRawAuthority().equals(target.getRawAuthority())) {
                return target.toString();
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below, with the address.
        }
        throw new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                hub + " names '" + next + "' as the next page of " + subject + ", which is not on that Hub");
    }

    private Page page(String url, String subject, int mostBytes, boolean asOwner) {
        HubRequests.Ask ask = new HubRequests.Ask(url, subject, HubException.Kind.REPO_NOT_FOUND, "", asOwner);
        try (HubRequests.Answer answer = insist(ask)) {
            byte[] bytes = answer.body().readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new HubException(
                        HubException.Kind.INVALID,
                        subject,
                        "the answer of " + url + " is over " + (mostBytes >> 20) + " MB");
            }
            try {
                Json json = Json.parse(new String(bytes, StandardCharsets.UTF_8), url);
                return new Page(
                        json, LinkHeader.next(answer.response().headers().allValues("link")));
            } catch (JsonException e) {
                throw noListing(url, subject, answer.contentType() + ", " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw HubRequests.unavailable(subject, url, e);
        }
    }

    private static HubException noListing(String url, String subject, String what, JsonException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                url + " answered with something that is no model listing (" + what
                        + "); a proxy's or login page perhaps: open the address in a browser, or choose another Hub",
                cause);
    }

    /** A busy Hub is asked again; one that cannot be reached is not, since there may be a remembered answer. */
    private HubRequests.Answer insist(HubRequests.Ask ask) {
        for (int failures = 1; ; failures++) {
            try {
                return requests.get(ask);
            } catch (PassingFault fault) {
                Optional<Duration> pause = LISTINGS.pauseBefore(failures, fault.retryAfter());
                if (!fault.isAnswer() || pause.isEmpty()) {
                    throw fault.fault();
                }
                sleep(pause.get(), fault);
            }
        }
    }

    private static void sleep(Duration pause, PassingFault why) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why.fault();
        }
    }

    /**
     * Opens some of a file's content.
     *
     * @param info names the file; the token is sent only where it is needed, so that what it opens is known for that
     * @param from the first byte wanted
     * @param to the end of the bytes wanted, exclusive
     * @return these bytes, or all of them from an upstream that knows no ranges
     * @throws HubException as {@link samovar.hub.FileSource#readText}
     */
    Origin.Part open(RepoInfo info, RepoFile file, long from, long to) throws PassingFault {
        RepoId repo = info.listing().repo();
        Revision commit = new Revision(info.listing().commit());
        String subject = repo + "@" + commit + ":" + file.path();
        boolean whole = from == 0 && to == file.sizeBytes();
        String range = whole ? "" : "bytes=" + from + "-" + (to - 1);
        String url = urls.resolve(repo, commit, file.path());
        HubRequests.Answer answer = requests.get(
                new HubRequests.Ask(url, subject, HubException.Kind.ENTRY_NOT_FOUND, range, !info.isPublic()));
        try {
            return ContentAnswer.part(answer.response(), answer.body(), subject, from, file.sizeBytes());
        } catch (HubException unusable) {
            HubRequests.closeQuietly(answer.body());
            throw unusable;
        }
    }
}
