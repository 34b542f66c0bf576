using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>What one customer's ledger does when operations come one after another, written once more and independently: 64 bits are all there is to know.</summary>
/// <remarks>
/// Four bits for each of eight keys, 0 for a key that is not used, else the state and one and, in the fourth bit, the content; then the version of
/// consent. At most <see cref="Limit"/> places in all and <see cref="ContentLimit"/> of either content; nothing expires.
/// </remarks>
internal static class SequentialCustomer
{
    public const int Keys = 8;
    public const int Limit = 4;
    public const int ContentLimit = 3;
    private const int VersionShift = Keys * 4;

    /// <summary>Changes the state as the operation does.</summary>
    /// <returns>What must be answered.</returns>
    public static ulong Apply(in RecordedOperation operation, ref ulong state) => operation.Kind switch
    {
        OperationKind.Reserve => Reserve(operation, ref state),
        OperationKind.Cancel => Cancel(operation, ref state),
        OperationKind.Read => state,
        _ => (ulong)Settle(operation, ref state),
    };

    public static ulong Answer(ReservationStatus status, ReservationState? held = null, int refusals = 0) =>
        (ulong)status | ((ulong)(held is { } state ? (int)state + 1 : 0) << 8) | ((ulong)refusals << 16);

    /// <summary>The state with one more place.</summary>
    public static ulong With(ulong state, int key, ReservationState place, int content) => state | ((ulong)((int)place + 1 + (content << 3)) << (key * 4));

    /// <summary>The state with a version of consent.</summary>
    public static ulong WithVersion(ulong state, long version) => (state & ((1UL << VersionShift) - 1)) | ((ulong)version << VersionShift);

    private static ulong Reserve(in RecordedOperation operation, ref ulong state)
    {
        int held = PlaceOf(state, operation.Key);
        if (held != 0)
        {
            ReservationStatus status = held >> 3 == operation.Content ? ReservationStatus.Replayed : ReservationStatus.Conflict;
            return Answer(status, (ReservationState)((held & 7) - 1));
        }

        if (operation.Version < state >> VersionShift)
        {
            return Answer(ReservationStatus.ConsentChanged);
        }

        int refusals = (Count(state, content: null) >= Limit ? 1 : 0) | (Count(state, operation.Content) >= ContentLimit ? 2 : 0);
        if (refusals != 0)
        {
            return Answer(ReservationStatus.Refused, refusals: refusals);
        }

        state = With(state, operation.Key, ReservationState.Reserved, operation.Content);
        return Answer(ReservationStatus.Granted, ReservationState.Reserved);
    }

    private static SettlementStatus Settle(in RecordedOperation operation, ref ulong state)
    {
        int place = PlaceOf(state, operation.Key);
        if (place == 0)
        {
            return SettlementStatus.NotFound;
        }

        ReservationState before = (ReservationState)((place & 7) - 1);
        ReservationState? after = operation.Kind switch
        {
            OperationKind.Begin => ReservationState.Begun,
            OperationKind.Commit => ReservationState.Committed,
            OperationKind.Uncertain => ReservationState.Uncertain,
            _ => null,
        };
        if (after == before)
        {
            return SettlementStatus.AlreadyDone;
        }

        if (before == ReservationState.Committed || (after == ReservationState.Begun && before != ReservationState.Reserved))
        {
            return SettlementStatus.Conflict;
        }

        state &= ~(0xFUL << (operation.Key * 4));
        state = after is { } next ? With(state, operation.Key, next, place >> 3) : state;
        return SettlementStatus.Done;
    }

    private static ulong Cancel(in RecordedOperation operation, ref ulong state)
    {
        ulong cancelled = 0;
        for (int key = 0; key < Keys; key++)
        {
            int place = PlaceOf(state, key);
            if ((place & 7) == (int)ReservationState.Reserved + 1 && (operation.Key > 1 || place >> 3 == operation.Key))
            {
                state &= ~(0xFUL << (key * 4));
                cancelled++;
            }
        }

        state = WithVersion(state, Math.Max((long)(state >> VersionShift), operation.Version));
        return cancelled;
    }

    private static int PlaceOf(ulong state, int key) => (int)(state >> (key * 4)) & 0xF;

    private static int Count(ulong state, int? content)
    {
        int count = 0;
        for (int key = 0; key < Keys; key++)
        {
            int place = PlaceOf(state, key);
            count += place != 0 && (content is null || place >> 3 == content) ? 1 : 0;
        }

        return count;
    }
}
