using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>An operation of a recorded history: what was asked, what was answered, and when the call began and ended.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Key">Which of the customer's eight keys; for a cancellation, the labels it concerns: content 0, content 1, or both.</param>
/// <param name="Content">Which of two contents.</param>
/// <param name="Version">The version of consent.</param>
/// <param name="Called">When the call began, in the order of all calls and answers.</param>
/// <param name="Answered">When it ended, in the same order.</param>
/// <param name="Answer">The answer, as <see cref="SequentialCustomer"/> writes it.</param>
internal readonly record struct RecordedOperation(OperationKind Kind, byte Key, byte Content, byte Version, long Called, long Answered, ulong Answer)
{
    public string Text => Kind switch
    {
        OperationKind.Reserve => $"Reserve(key {Key}, content {Content}, consent {Version}) = {(ReservationStatus)(Answer & 0xFF)}",
        OperationKind.Cancel => $"Cancel({(Key < 2 ? $"content {Key}" : "all")}, consent {Version}) = {Answer}",
        OperationKind.Read => $"Read() = {Answer:x}",
        _ => $"{Kind}(key {Key}) = {(SettlementStatus)Answer}",
    };
}
