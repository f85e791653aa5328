package samovar.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UploadBudgetTest {
    @Test
    void refusesWhatIsOverItAndHoldsNothingForIt() {
        UploadBudget budget = new UploadBudget(100);
        budget.hold(60);
        assertThatThrownBy(() -> budget.hold(41)).isInstanceOfSatisfying(HttpFault.class, fault -> {
            assertThat(fault.status()).isEqualTo(503);
            assertThat(fault.headers()).containsEntry("Retry-After", "2");
        });
        assertThat(budget.heldBytes()).isEqualTo(60);
        budget.hold(40);
        budget.letGo(100);
        assertThat(budget.heldBytes()).isZero();
    }
}
