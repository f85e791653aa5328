package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
    @ParameterizedTest
    @ValueSource(strings = {"main", "refs/pr/1", "v1.0.2", "feature/x_y-z", "0123456789abcdef0123456789abcdef01234567"})
    void readsBranchesTagsPullRequestsAndCommits(String name) {
        assertThat(new Revision(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "a/../b",
                "a..b",
                "/main",
                "main/",
                "a//b",
                ".hidden",
                "a/.b",
                "a.",
                "-x",
                "x.lock",
                "a b",
                "main%2f",
                "ma\nin",
                "a\\b",
                "a:b",
                "a?b",
                "m\u00e4in"
            })
    void refusesNamesThatCouldLeaveTheRepository(String name) {
        assertThatThrownBy(() -> new Revision(name))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("; a revision is a branch, tag, refs/pr/N or commit of 1 to 200 letters");
    }

    @Test
    void knowsWhichRevisionsNeverChange() {
        assertThat(new Revision("0123456789abcdef0123456789abcdef01234567").isCommit())
                .isTrue();
        assertThat(new Revision("0123456789abcdef").isCommit()).isFalse();
        assertThat(new Revision("0123456789ABCDEF0123456789abcdef01234567").isCommit())
                .isFalse();
        assertThat(Revision.MAIN.isCommit()).isFalse();
    }
}
