using PromoRec.PostgreSql.Escrow;
using PromoRec.PostgreSql.Lanes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>A batch of operations on its way: read, asked, written; what others have overtaken goes round once more.</summary>
internal sealed class AccountRound
{
    private readonly int _maxShards;
    private readonly Dictionary<UserId, AccountSlot> _slots;
    private List<AccountOperation> _pending;
    private List<AccountOperation> _spare;

    public AccountRound(IReadOnlyCollection<AccountOperation> operations, int maxShards)
    {
        _maxShards = maxShards;
        Book = new RoundBook(maxShards);
        _pending = [.. operations];
        _spare = new List<AccountOperation>(operations.Count);
        _slots = new Dictionary<UserId, AccountSlot>(operations.Count);
        foreach (AccountOperation operation in operations)
        {
            operation.Slot = SlotOf(operation.UserId);
        }

        Slots = new List<AccountSlot>(_slots.Count);
    }

    /// <summary>The rows that pending operations concern, in the order of their keys: neighbours in the index are looked up one after the other.</summary>
    public List<AccountSlot> Slots { get; }

    public RoundBook Book { get; private set; }

    /// <summary>Now, by the ledger's clock.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>
    /// Whether every cart has been swept that had expired when this batch first found a budget short. Carts go on expiring: to wait until none has would be
    /// to wait for ever.
    /// </summary>
    public bool HasSwept { get; set; }

    public bool HasPending => _pending.Count > 0;

    /// <summary>Forgets what was read and looks up what must be read now.</summary>
    public void Begin(Deadline deadline)
    {
        Book = new RoundBook(_maxShards);
        Slots.Clear();
        foreach (AccountSlot slot in _slots.Values)
        {
            slot.Clear();
        }

        KeepPending(operation => !FailIfLate(operation, deadline));
        foreach (AccountOperation operation in _pending)
        {
            List(operation);
        }

        Slots.Sort(static (one, other) => one.Key.AsSpan().SequenceCompareTo(other.Key));
    }

    /// <summary>Lets the accounts answer, in order. An operation that cannot be answered yet holds back those that must come after it.</summary>
    public void Decide(TimeSpan retention)
    {
        foreach (AccountOperation operation in _pending)
        {
            AccountSlot slot = operation.Slot!;
            if (slot.Fault is { } fault)
            {
                operation.Fail(fault);
                continue;
            }

            operation.IsDecided = !slot.IsDeferred && !slot.IsSpoiled && Book.CanAnswer(operation, Now);
            if (!operation.IsDecided)
            {
                slot.IsDeferred = true;
                Book.Defer(operation);
                continue;
            }

            Ask(operation, slot, retention);
        }
    }

    /// <summary>Answers whatever stands, now that everything is written which nobody has overtaken.</summary>
    public void Answer() => KeepPending(operation =>
    {
        if (operation is { IsAnswered: false, IsDecided: true, Slot.IsOvertaken: false })
        {
            operation.Answer();
        }

        return !operation.IsAnswered;
    });

    private void Ask(AccountOperation operation, AccountSlot slot, TimeSpan retention)
    {
        Book.Asking = slot;
        slot.MustWrite |= operation.Rewrites;
        try
        {
            operation.Decide(slot.Account, Now, retention, Book);
        }
#pragma warning disable CA1031 // Whatever went wrong with one request, those that came with it are answered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            operation.Fail(exception);
            slot.IsSpoiled = true;
            slot.IsOvertaken = true;
        }
    }

    private static bool FailIfLate(AccountOperation operation, Deadline deadline)
    {
        if (deadline.IsPast(operation))
        {
            operation.Fail(deadline.Fault());
        }

        return operation.IsAnswered;
    }

    private void List(AccountOperation operation)
    {
        AccountSlot slot = operation.Slot!;
        if (!slot.IsListed)
        {
            slot.IsListed = true;
            Slots.Add(slot);
        }

        foreach (ref readonly BudgetClaim claim in operation.Claims.AsSpan())
        {
            Book.Named(new BudgetName(claim.Key, claim.Period));
        }
    }

    private void KeepPending(Func<AccountOperation, bool> isKept)
    {
        _spare.Clear();
        foreach (AccountOperation operation in _pending)
        {
            if (isKept(operation))
            {
                _spare.Add(operation);
            }
        }

        (_pending, _spare) = (_spare, _pending);
    }

    private AccountSlot SlotOf(UserId userId)
    {
        if (!_slots.TryGetValue(userId, out AccountSlot? slot))
        {
            slot = new AccountSlot(userId);
            _slots.Add(userId, slot);
        }

        return slot;
    }
}
