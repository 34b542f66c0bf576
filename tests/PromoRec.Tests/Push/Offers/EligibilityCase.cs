using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Tests.Push.Offers;

/// <summary>A random offer, customer and moment, and what fails of it by one plain sentence for each constraint.</summary>
internal sealed record EligibilityCase
{
    private static readonly DateTimeOffset Now = OfferScenario.Noon;

    // Drawn as small numbers, so that every constraint fails in some cases and holds in others.
    public required int[] Draw { get; init; }

    public static Arbitrary<EligibilityCase> Arbitrary { get; } = Gen.Choose(0, 5).ArrayOf(64).Select(draw => new EligibilityCase { Draw = draw }).ToArbitrary();

    public DateTimeOffset At => Now.AddHours(Draw[0] * 7);

    private DateTimeOffset? From => Draw[1] == 0 ? null : Now.AddHours((Draw[1] * 12) - 40);

    private DateTimeOffset? To => Draw[2] == 0 ? null : Now.AddHours((Draw[2] * 12) - 25);

    private TimeSpan? ValidFor => Draw[3] < 3 ? null : TimeSpan.FromHours(Draw[3] * 5);

    private DateTimeOffset? Published => Draw[4] == 0 ? null : Now.AddHours((Draw[4] * 11) - 30);

    private bool AllowBeyond => ValidFor is not null && Draw[5] < 3;

    /// <summary>Open from 6 to 18 or from 18 to 6 (UTC) of the Tuesday, or always.</summary>
    private int Hours => Draw[6] % 3;

    private bool IsGuest => Draw[7] < 2;

    private bool HasCard => Draw[8] < 3;

    private bool HasBasket => Draw[9] < 3;

    private bool IsItems => Draw[10] < 3;

    private decimal UnitPrice => Draw[11] == 0 ? 0 : Draw[11] * 10;

    private decimal? MinimumSpend => Draw[12] < 2 ? null : Draw[12] * 10;

    private decimal? Floor => Draw[13] < 3 ? null : Math.Min(Draw[13] * 8, MinimumSpend ?? 100);

    private IEnumerable<(OfferBudget Budget, long? Taken)> Budgets
    {
        get
        {
            BudgetHolder[] holders = Enum.GetValues<BudgetHolder>();
            for (int i = 0; i < holders.Length; i++)
            {
                // 0: no such budget; 1: level not read; else so much taken of three.
                int draw = Draw[20 + i];
                if (draw > 0)
                {
                    yield return (new OfferBudget(BudgetMeasure.Redemptions, 3) { Holder = holders[i], Period = (BudgetPeriod)(Draw[30 + i] % 4) }, draw == 1 ? null : draw - 1);
                }
            }
        }
    }

    public OfferLimits Limits() => OfferScenario.Limits(
        new OfferLimitOptions { Currency = "EUR", PseudonymKey = new byte[16], PriceClaims = (PriceClaimCheck)(Draw[14] % 3), MemberSegment = "club" },
        ("offer", new OfferRules
        {
            IsDisabled = Draw[15] == 0,
            ValidFor = ValidFor,
            AllowBeyondCampaignEnd = AllowBeyond,
            Hours = Hours == 0 ? null : new OfferHours { Week = [new WeeklyHours(DayOfWeek.Tuesday, new TimeOnly(Hours == 1 ? 6 : 18, 0), new TimeOnly(Hours == 1 ? 18 : 6, 0))] },
            Budgets = [.. Budgets.Select(each => each.Budget)],
            FloorAfter = Floor,
            Recipients = Draw[16] switch { 0 => ["bob"], 1 => ["bob", "ann"], _ => [] },
            Areas = Draw[17] < 3 ? [] : [GeoArea.Circle(new GeoPoint(0, 0), 100_000), GeoArea.Circle(new GeoPoint(50, 50), 100_000)],
            PriceReferences = Draw[18] < 3 ? [] : [new PriceReference { Item = "tea", Price = Draw[18] * 10, ReducedAt = Now, History = [new PricePoint(Now.AddDays(-40), 40)] }],
            ReservationRequired = Draw[19] < 3,
        }));

    public Offer Offer() => new()
    {
        Id = "offer",
        Terms = Draw[40] == 0 ? OfferTerms.Member(10) : OfferTerms.PercentOff(10),
        ValidFrom = From,
        ValidTo = To <= From ? null : To,
        MinimumSpend = MinimumSpend,
        Targets = IsItems ? [OfferTarget.Item("tea")] : [OfferTarget.Category("drinks")],
        Segments = Draw[41] < 3 ? [] : ["vip", "new"],
    };

    public OfferInquiry Inquiry(OfferLimits limits, Offer offer)
    {
        PushCustomer customer = new()
        {
            UserId = "ann",
            IsGuest = IsGuest,
            Identifiers = HasCard ? [new("card", "4711")] : [],
            Segments = Draw[42] switch { 0 => [], 1 => ["old"], 2 => ["club"], _ => ["old", "new"] },
            Location = Draw[43] switch { 0 => null, 1 => new GeoPoint(double.NaN, 0), 2 => new GeoPoint(2, 2), 3 => new GeoPoint(0.1, 0.1), _ => new GeoPoint(50, 50.1) },
        };
        Basket? basket = !HasBasket ? null : OfferScenario.Basket((Draw[44] < 4 ? OfferScenario.Tea : OfferScenario.Mug, 1, UnitPrice)) with
        {
            Currency = Draw[45] == 0 ? "USD" : "EUR",
            Store = Draw[46] < 3 ? "mitte" : null,
            Session = Draw[47] < 3 ? "s1" : null,
        };
        ImmutableArray<BudgetLevel> levels = [];
        if (Draw[48] == 0)
        {
            levels = default;
        }
        else
        {
            foreach ((OfferBudget budget, long? taken) in Budgets)
            {
                OfferLimits alone = OfferScenario.Limits(new OfferLimitOptions { PseudonymKey = new byte[16] }, ("offer", new OfferRules { Budgets = [budget] }));
                levels = taken is { } known ? levels.AddRange(alone.BudgetNames(offer, customer, At, basket).Select(name => new BudgetLevel(name.Key, name.Period, known))) : levels;
            }
        }

        return new OfferInquiry
        {
            Offer = offer,
            Customer = customer,
            At = At,
            PublishedAt = Published,
            Budgets = levels,
            Basket = basket,
            IsReserved = Draw[49] < 3,
        };
    }

    /// <summary>Whether one constraint fails, said as plainly as can be.</summary>
    public bool Fails(OfferConstraints constraint, Offer offer, in OfferInquiry inquiry)
    {
        DateTimeOffset? start = offer.ValidFrom;
        DateTimeOffset? end = offer.ValidTo;
        decimal amount = UnitPrice;
        bool isRightCurrency = inquiry.Basket?.Currency == "EUR";
        bool matches = inquiry.Basket?.Lines[0].Item.Id == "tea";
        decimal discount = matches ? amount / 10 : 0;
        switch (constraint)
        {
            case OfferConstraints.Disabled:
                return Draw[15] == 0;
            case OfferConstraints.NotStarted:
                return At < start || (ValidFor is not null && (Published is null || Published > At));
            case OfferConstraints.Expired:
                bool campaignOver = end is not null && At >= end;
                if (ValidFor is null || Published is null)
                {
                    return campaignOver;
                }

                return At >= Published + ValidFor || (campaignOver && !AllowBeyond) || Published >= end;
            case OfferConstraints.OutsideHours:
                // Noon of a Tuesday is 12:00; hours since its midnight.
                double hour = (At - Now).TotalHours + 12;
                return Hours switch { 0 => false, 1 => hour is < 6 or >= 18, _ => hour is < 18 or >= 30 };
            case OfferConstraints.RecipientMismatch:
                return Draw[16] == 0;
            case OfferConstraints.SegmentMismatch:
                return Draw[41] >= 3 ? Draw[42] < 3 : Draw[40] == 0 && Draw[42] != 2;
            case OfferConstraints.LocationMissing:
                return Draw[17] >= 3 && Draw[43] < 2;
            case OfferConstraints.OutOfArea:
                return Draw[17] >= 3 && Draw[43] == 2;
            case OfferConstraints.IdentifierRequired:
                return (!HasCard && ((IsGuest && Has(BudgetHolder.Customer)) || Has(BudgetHolder.Identifier)))
                    || (HasBasket && ((Has(BudgetHolder.Store) && Draw[46] >= 3) || (Has(BudgetHolder.Session) && Draw[47] >= 3)));
            case OfferConstraints.BudgetExhausted:
                return IsUsedUp(BudgetHolder.Everyone) || (HasBasket && Draw[46] < 3 && IsUsedUp(BudgetHolder.Store));
            case OfferConstraints.UserLimit:
                return (!IsGuest && IsUsedUp(BudgetHolder.Customer)) || (HasBasket && Draw[47] < 3 && IsUsedUp(BudgetHolder.Session));
            case OfferConstraints.IdentifierLimit:
                return HasCard && ((IsGuest && IsUsedUp(BudgetHolder.Customer)) || IsUsedUp(BudgetHolder.Identifier));
            case OfferConstraints.PriceClaim:
                bool isChecked = Draw[14] % 3 == 1 || (Draw[14] % 3 == 0 && Draw[16] >= 2);
                return !HasBasket && isChecked && IsItems && Draw[40] != 0 && Draw[18] is < 3 or 5;
            case OfferConstraints.ReservationRequired:
                return HasBasket && Draw[19] < 3 && Draw[49] >= 3;
            case OfferConstraints.CurrencyMismatch:
                return HasBasket && !isRightCurrency;
            case OfferConstraints.ItemsMismatch:
                return HasBasket && !matches;
            case OfferConstraints.NoEffect:
                return HasBasket && isRightCurrency && discount == 0;
            case OfferConstraints.BelowMinimum:
                return HasBasket && isRightCurrency && (amount < MinimumSpend || amount - discount < Floor);
            default:
                return false;
        }

        bool Has(BudgetHolder holder) => Budgets.Any(each => each.Budget.Holder == holder);

        bool IsUsedUp(BudgetHolder holder) => Draw[48] != 0 && Budgets.Any(each => each.Budget.Holder == holder && each.Taken is null or >= 3);
    }
}
