using FsCheck.Fluent;
using PromoRec.Push.Ledger;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Ledger;

public class ReplaceHeldTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(100);

    [Fact]
    public void A_changed_cart_takes_the_place_of_the_one_before_and_adds_nothing()
    {
        var book = new Book();
        var account = new CustomerAccount();
        Assert.Equal(ReservationStatus.Granted, Reserve(account, book, Cart(60)).Status);

        // 60 + 80 would be too much of 100; 80 instead of 60 is not.
        Assert.Equal(ReservationStatus.Granted, Reserve(account, book, Cart(80)).Status);
        Assert.Equal(80, book.TakenOf("offer"));
        Assert.Single(account.ToHistory(Noon).Entries);
    }

    [Fact]
    public void A_change_that_does_not_fit_leaves_the_place_as_it_was()
    {
        var book = new Book();
        var account = new CustomerAccount();
        Reserve(account, book, Cart(60));

        ReservationResult refused = Reserve(account, book, Cart(101));
        Assert.Equal(ReservationStatus.Refused, refused.Status);
        Assert.Equal(new ClaimRefusal(ClaimKind.Budget, 0, 0, 100, null), Assert.Single(refused.Refusals));
        Assert.Equal(60, book.TakenOf("offer"));
        Assert.Equal(ReservationState.Reserved, Assert.Single(account.ToHistory(Noon).Entries).State);
    }

    [Fact]
    public void A_cap_does_not_count_the_place_that_is_replaced()
    {
        var book = new Book();
        var account = new CustomerAccount();
        LedgerLabel label = LedgerLabel.Of("redeemed", "spring");
        ReservationRequest once = Cart(10) with { Labels = [label], Caps = [new CapClaim([label], 1, LedgerWindow.Lifetime)] };
        Reserve(account, book, once);

        Assert.Equal(ReservationStatus.Granted, Reserve(account, book, once with { Budgets = [new BudgetClaim("offer", "", 100, 20)] }).Status);
        Assert.Equal(ReservationStatus.Refused, Reserve(account, book, once with { Key = "other cart" }).Status);
    }

    [Fact]
    public void What_was_ordered_or_has_begun_is_not_replaced()
    {
        foreach (Settlement settlement in (Settlement[])[Settlement.Begin, Settlement.Commit, Settlement.Uncertain])
        {
            var book = new Book();
            var account = new CustomerAccount();
            Reserve(account, book, Cart(60));
            account.Settle("cart", settlement, Noon, book);

            Assert.Equal(ReservationStatus.Replayed, Reserve(account, book, Cart(60)).Status);
            Assert.Equal(ReservationStatus.Conflict, Reserve(account, book, Cart(61)).Status);
            Assert.Equal(60, book.TakenOf("offer"));
        }
    }

    [Fact]
    public void Whatever_carts_do_the_book_holds_exactly_what_the_accounts_hold() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Customer, byte Cart, byte Amount, byte Action)[]>(), steps =>
        {
            var book = new Book();
            CustomerAccount[] accounts = [new(), new()];
            DateTimeOffset now = Noon;
            foreach ((byte customer, byte cart, byte amount, byte action) in steps)
            {
                CustomerAccount account = accounts[customer % 2];
                string key = $"cart {cart % 3}";
                now += TimeSpan.FromMinutes(action % 4);
                switch (action % 5)
                {
                    case 0:
                        account.Settle(key, Settlement.Commit, now, book);
                        break;
                    case 1:
                        account.Settle(key, Settlement.Release, now, book);
                        break;
                    default:
                        account.Reserve(Cart(amount) with { Key = key, TimeToLive = TimeSpan.FromMinutes(5) }, now, Retention, book);
                        break;
                }

                long held = accounts.SelectMany(each => each.ToHistory(now).Entries).SelectMany(entry => entry.Budgets).Sum(hold => hold.Amount - hold.Refunded);
                if (book.TakenOf("offer") != held || held > 100)
                {
                    return false;
                }
            }

            return true;
        }).Holds();

    private static ReservationResult Reserve(CustomerAccount account, Book book, ReservationRequest request) => account.Reserve(request, Noon, Retention, book);

    private static ReservationRequest Cart(long amount) => new()
    {
        UserId = "c",
        Key = "cart",
        Budgets = [new BudgetClaim("offer", "", 100, amount)],
        OnExpiry = ExpiryAction.Release,
        IfHeld = HeldAction.Replace,
    };

    private sealed class Book : IBudgetBook
    {
        private readonly Dictionary<string, long> _taken = [];

        public long TakenOf(string key) => _taken.GetValueOrDefault(key);

        public long Taken(in BudgetClaim claim) => TakenOf(claim.Key);

        public void Take(in BudgetClaim claim) => _taken[claim.Key] = TakenOf(claim.Key) + claim.Amount;

        public void GiveBack(string key, string period, long amount) => _taken[key] = TakenOf(key) - amount;
    }
}
