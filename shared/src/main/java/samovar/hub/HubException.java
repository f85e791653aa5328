package samovar.hub;

import java.util.Optional;

/** A repository, revision or file that could not be had, or a name that cannot be one. The kind decides what a caller does next. */
public final class HubException extends RuntimeException {
    /** What went wrong, with the value of the Hub's {@code X-Error-Code} header where it has one. */
    public enum Kind {
        REPO_NOT_FOUND("RepoNotFound"),
        REVISION_NOT_FOUND("RevisionNotFound"),
        ENTRY_NOT_FOUND("EntryNotFound"),
        /** The repository exists, but only for accounts that accepted its terms. */
        GATED("GatedRepo"),
        /** The network is switched off, and nothing here holds the file. */
        OFFLINE(null),
        /** The source did not answer, or answered with a failure that may pass. */
        UNAVAILABLE(null),
        /** The bytes that came are not those that the listing promised. */
        CORRUPT(null),
        /** The name, revision, path or listing is not one that the Hub could have. */
        INVALID(null);

        private final String errorCode;

        Kind(String errorCode) {
            this.errorCode = errorCode;
        }

        /** The Hub's {@code X-Error-Code} for this kind, for example {@code EntryNotFound}. */
        public Optional<String> errorCode() {
            return Optional.ofNullable(errorCode);
        }

        /** The kind that an {@code X-Error-Code} header names. */
        public static Optional<Kind> ofErrorCode(String errorCode) {
            for (Kind kind : values()) {
                if (kind.errorCode != null && kind.errorCode.equals(errorCode)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private final Kind kind;
    private final String subject;

    /**
     * @param subject the repository id, or {@code org/name@revision:path}: what was asked for
     * @param message the whole message, which names the subject, what is allowed and what to try
     */
    public HubException(Kind kind, String subject, String message) {
        super(message);
        this.kind = kind;
        this.subject = subject;
    }

    public HubException(Kind kind, String subject, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.subject = subject;
    }

    public Kind kind() {
        return kind;
    }

    /** What was asked for. */
    public String subject() {
        return subject;
    }

    static HubException invalid(String what, String value, String allowed) {
        return new HubException(Kind.INVALID, value, "not " + what + ": " + Quoted.of(value) + "; " + allowed);
    }
}
