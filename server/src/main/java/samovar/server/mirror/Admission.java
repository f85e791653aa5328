package samovar.server.mirror;

import io.javalin.http.Context;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.jvm.hub.HubFiles;
import samovar.jvm.hub.RepoInfo;
import samovar.server.http.AccessRule;

/**
 * Who is told what of a repository. What is public on the Hub is for every origin. What the owner's token opened, now or before a
 * restart, is for holders of a key: files of a gated repository, and all of a private one.
 */
final class Admission {
    private final HubFiles files;
    private final HubFiles present;
    private final AccessRule access;

    Admission(HubFiles files, AccessRule access) {
        this.files = files;
        this.present = files.withoutUpstream();
        this.access = access;
    }

    /** The pages of other sites may read what is here, but not have this machine download. */
    HubFiles source(Context context) {
        return access.isForeignPage(context) ? present : files;
    }

    boolean holdsKey(Context context) {
        return access.holdsOwnersKey(context);
    }

    /**
     * The repository of the address, for what anybody may know of a gated one.
     *
     * @throws HubException REPO_NOT_FOUND, which is what the Hub says of a private one too
     */
    RepoInfo described(Context context) {
        return described(context, revision(context));
    }

    RepoInfo described(Context context, Revision revision) {
        RepoInfo info = source(context).info(repo(context), revision);
        if (info.reach() == RepoInfo.Reach.PRIVATE && !holdsKey(context)) {
            RepoId repo = info.listing().repo();
            throw new HubException(
                    HubException.Kind.REPO_NOT_FOUND,
                    repo.toString(),
                    "there is no repository " + repo
                            + " for everybody; one that is private is given to requests with this"
                            + " server's API key, or its owner's token, as 'Authorization: Bearer …'");
        }
        return info;
    }

    /**
     * The repository of the address, for its files.
     *
     * @throws HubException GATED too
     */
    RepoInfo opened(Context context) {
        RepoInfo info = described(context);
        if (!info.isPublic() && !holdsKey(context)) {
            RepoId repo = info.listing().repo();
            throw new HubException(
                    HubException.Kind.GATED,
                    repo.toString(),
                    repo
                            + " is gated: its files were opened by the token of this server's owner, and are given to requests with this"
                            + " server's API key, or that token, as 'Authorization: Bearer …'");
        }
        return info;
    }

    static RepoId repo(Context context) {
        return new RepoId(context.pathParam("org"), context.pathParam("name"));
    }

    static Revision revision(Context context) {
        String revision = context.pathParamMap().get("revision");
        // HEAD is git's word for the default branch, which @huggingface/hub uses.
        return revision == null || revision.equals("HEAD") ? Revision.MAIN : new Revision(revision);
    }
}
