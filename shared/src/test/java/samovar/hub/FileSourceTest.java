package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileSourceTest {
    private static final RepoId REPO = RepoId.of("o/n");

    @Test
    void findsNothingWhereTheRepositoryLacksTheFile() {
        assertThat(new Failing(HubException.Kind.ENTRY_NOT_FOUND).findText(REPO, Revision.MAIN, "a.json"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = HubException.Kind.class, names = "ENTRY_NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
    void passesOnEveryOtherFailure(HubException.Kind kind) {
        assertThatThrownBy(() -> new Failing(kind).findText(REPO, Revision.MAIN, "a.json"))
                .isInstanceOfSatisfying(HubException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e.subject()).isEqualTo("o/n@main:a.json");
                });
    }

    @Test
    void knowsTheErrorCodesOfTheHub() {
        assertThat(HubException.Kind.ofErrorCode("GatedRepo")).contains(HubException.Kind.GATED);
        assertThat(HubException.Kind.ofErrorCode("Unheard")).isEmpty();
        assertThat(HubException.Kind.ofErrorCode(null)).isEmpty();
        assertThat(HubException.Kind.ENTRY_NOT_FOUND.errorCode()).contains("EntryNotFound");
    }

    private record Failing(HubException.Kind kind) implements FileSource {
        @Override
        public RepoListing list(RepoId repo, Revision revision) {
            throw new HubException(kind, repo.toString(), "failing on purpose");
        }

        @Override
        public String readText(RepoId repo, Revision revision, String path) {
            throw new HubException(kind, repo + "@" + revision + ":" + path, "failing on purpose");
        }
    }
}
