using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push.Ledger;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Ledger;

public class CustomerAccountPropertyTests
{
    private static readonly Config ManyStories = PropertyRun.Settings(500).WithEndSize(120);

    [Fact]
    public void It_answers_as_an_account_that_looks_at_every_tick_of_every_window() =>
        Check.One(ManyStories, Prop.ForAll(AccountStep.Stories, steps => new Twins().Differ(steps) is not { } difference ? true : throw new InvalidOperationException(difference)));

    [Fact]
    public void A_cap_lets_a_send_pass_at_the_instant_it_names_and_not_a_tick_before() =>
        Check.One(ManyStories, Prop.ForAll(AccountStep.Stories, steps => EveryNextInstantIsRight(steps)));

    [Fact]
    public void A_decision_counts_as_the_ledger_does() =>
        Check.One(ManyStories, Prop.ForAll(AccountStep.Stories, steps => EveryCountIsTheLedgers(steps)));

    private static bool EveryNextInstantIsRight(AccountStep[] steps) => Live(steps, (account, request, now) =>
    {
        request = AddsOnly(request);
        ReservationResult result = Copy(account, now).Reserve(request with { IfHeld = HeldAction.Replay }, now);
        return result.Refusals
            .Where(refusal => refusal.NextEligibleAt is not null && refusal.Kind == ClaimKind.Cap && request.Caps[refusal.Index].Window.Kind == LedgerWindowKind.Rolling)
            .All(refusal =>
            {
                ReservationRequest alone = request with { Caps = [request.Caps[refusal.Index]], Budgets = [], PlannedAt = refusal.NextEligibleAt };
                ReservationRequest before = alone with { PlannedAt = refusal.NextEligibleAt!.Value.AddTicks(-1) };
                return Copy(account, now).Reserve(alone, now).Status == ReservationStatus.Granted
                    && Copy(account, now).Reserve(before, now).Status == ReservationStatus.Refused
                    && Copy(account, now).Reserve(alone with { PlannedAt = null }, refusal.NextEligibleAt.Value).Status == ReservationStatus.Granted;
            });
    });

    private static bool EveryCountIsTheLedgers(AccountStep[] steps) => Live(steps, (account, request, now) =>
    {
        request = AddsOnly(request);
        CustomerHistory history = account.ToHistory(now);
        DateTimeOffset at = request.PlannedAt > now ? request.PlannedAt.Value : now;
        return history.IsErased || history.Entries.Any(entry => entry.Key == request.Key) || request.Caps.All(cap =>
        {
            ReservationStatus status = Copy(account, now).Reserve(request with { Caps = [cap], Budgets = [], ConsentVersion = 9 }, now).Status;
            return status == ReservationStatus.WindowMoved || history.Count(cap, at, request.TimeToLive, now).Fits == (status == ReservationStatus.Granted);
        });
    });

    /// <summary>Counting alone knows nothing of places that go when this one comes.</summary>
    private static ReservationRequest AddsOnly(ReservationRequest request) =>
        request with { Supersedes = [], IfHeld = request.IfHeld == HeldAction.RecheckOnly ? HeldAction.Recheck : request.IfHeld };

    private static bool Live(AccountStep[] steps, Func<CustomerAccount, ReservationRequest, DateTimeOffset, bool> isRight)
    {
        CustomerAccount account = new();
        PlainBook book = new();
        DateTimeOffset now = AccountStep.Start;
        foreach (AccountStep step in steps)
        {
            now += step.Passes;
            if (step.RequestAt(now) is { } request)
            {
                if (!isRight(account, request, now))
                {
                    return false;
                }

                account.Reserve(request, now, AccountStep.Retention, book);
            }
            else if (step.Settlement is { } settlement)
            {
                account.Settle(step.Key, settlement, now, book);
            }
        }

        return true;
    }

    private static CustomerAccount Copy(CustomerAccount account, DateTimeOffset now) => new(account.ToHistory(now));

    /// <summary>An account and its plain twin that live through the same story.</summary>
    private sealed class Twins
    {
        private readonly PlainAccount _plain = new();
        private readonly PlainBook _book = new();
        private CustomerAccount _account = new();
        private DateTimeOffset _now = AccountStep.Start;

        /// <returns>What the first difference is; null when there is none.</returns>
        public string? Differ(AccountStep[] steps)
        {
            for (int i = 0; i < steps.Length; i++)
            {
                _now += steps[i].Passes;
                if (Differ(steps[i]) is { } difference)
                {
                    return $"Step {i} of {steps.Length} at tick {(_now - AccountStep.Start).Ticks}, {steps[i]}: {difference}";
                }
            }

            return null;
        }

        private string? Differ(AccountStep step)
        {
            string? difference = step switch
            {
                { RequestSeed: not null } => DifferInReserving(step.RequestAt(_now)!),
                { Settlement: { } settlement } => Differ(_plain.Settle(step.Key, settlement, _now), _account.Settle(step.Key, settlement, _now, _book)),
                { RefundKey: { } refundKey } => Differ(_plain.Refund(step.Key, refundKey, step.Refunds, _now), _account.Refund(step.Key, refundKey, step.Refunds, _now, _book)),
                { Cancellation: { } cancellation } => Differ(_plain.Cancel(cancellation, _now), _account.Cancel(cancellation, _now, _book)),
                { Forgets: true } => Forget(),
                { Reloads: true } => Reload(),
                _ => null,
            };
            return difference ?? DifferInState();
        }

        private string? DifferInReserving(ReservationRequest request)
        {
            request.ThrowIfInvalid();
            (ReservationStatus status, List<ClaimRefusal> refusals) = _plain.Reserve(request, _now);
            ReservationResult actual = _account.Reserve(request, _now, AccountStep.Retention, _book);
            DateTimeOffset at = request.PlannedAt > _now ? request.PlannedAt.Value : _now;
            return Differ(status, actual.Status) ?? Differ(_now, actual.LedgerTime) ?? Differ(refusals.Count, actual.Refusals.Length)
                ?? Differ(actual.IsHeld || status == ReservationStatus.Conflict, actual.Reservation is not null)
                ?? refusals.Zip(actual.Refusals).Where(pair => !PlainAccount.Agree(pair.First, pair.Second, at)).Select(pair => Differ(pair.First, pair.Second)).FirstOrDefault();
        }

        private string? DifferInState()
        {
            CustomerHistory history = _account.ToHistory(_now);
            return Differ(Text(_plain.Sends.Select(send => $"{send.Key} {send.State} {Tick(send.At)}..{Tick(send.ExpiresAt)}")), Text(history.Entries.Select(entry => $"{entry.Key} {entry.State} {Tick(entry.At)}..{Tick(entry.ExpiresAt)}")))
                ?? Differ(Text(_plain.Book.NonZero.Select(pair => $"{pair}")), Text(_book.NonZero.Select(pair => $"{pair}")))
                ?? Differ(Text(_plain.Sends.Where(send => send.IsUncertain(_now)).Select(send => send.Key)), Text(_account.Uncertain(1, _now).Select(reservation => reservation.Key)))
                ?? Differ(true, history.Entries.Zip(history.Entries.Skip(1)).All(pair => pair.First.At <= pair.Second.At))
                ?? Differ(history.Entries.Any(entry => entry.IsUncertainAt(_now)), _account.NextUncertain <= _now)
                ?? Differ(history.Entries.Any(entry => entry.IsGoneAt(_now) && !entry.Budgets.IsEmpty), _account.NextRelease <= _now);
        }

        private string? Forget()
        {
            _plain.Forget(_now);
            _account.Forget(_now, _book);
            return null;
        }

        private string? Reload()
        {
            _account = new CustomerAccount(AccountCodec.Read(AccountCodec.Write(_account.ToHistory(_now)), _now));
            return null;
        }

        private static string? Differ<T>(T plain, T actual) => EqualityComparer<T>.Default.Equals(plain, actual) ? null : $"expected {plain}, but found {actual}";

        private static string Text(IEnumerable<string> parts) => string.Join("; ", parts.Order(StringComparer.Ordinal));

        private static long Tick(DateTimeOffset at) => (at - AccountStep.Start).Ticks;
    }
}
