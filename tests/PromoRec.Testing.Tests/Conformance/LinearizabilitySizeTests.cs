using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance.Ledgers;

namespace PromoRec.Testing.Tests.Conformance;

public class LinearizabilitySizeTests
{
    private const int AtOnce = 60;

    [Fact]
    public void Sixty_refusals_in_progress_at_once_are_explained_in_no_time() => Assert.Null(Linearizability.FirstUnexplained(Overlapping(granted: SequentialCustomer.ContentLimit)));

    [Fact]
    public void One_grant_too_many_among_sixty_calls_at_once_is_found() => Assert.NotNull(Linearizability.FirstUnexplained(Overlapping(granted: SequentialCustomer.ContentLimit + 1)));

    /// <summary>All calls begin before any is answered; some get a place of one content, and all others are told that there is none left.</summary>
    private static RecordedOperation[] Overlapping(int granted)
    {
        ulong full = SequentialCustomer.Answer(ReservationStatus.Refused, refusals: 2);
        ulong place = SequentialCustomer.Answer(ReservationStatus.Granted, ReservationState.Reserved);
        return
        [
            .. Enumerable.Range(0, AtOnce).Select(i => new RecordedOperation(
                OperationKind.Reserve, (byte)(i < granted ? i : 7), 0, 1, i, AtOnce + (AtOnce - i), i < granted ? place : full)),
        ];
    }
}
