using Microsoft.Extensions.DependencyInjection;
using PromoRec.Interactions;
using PromoRec.Profiles;

namespace PromoRec.Consumer.Tests;

internal static class ProfileGuide
{
    public static async Task<CustomerProfile?> TellAsync(IOfferCatalog catalog)
    {
        ServiceCollection services = new();
        services.AddPromoRec()
            .UseOfferCatalog(catalog)
            .UseInMemoryInteractionLog()
            .AddCustomerProfiles(options =>
            {
                options.HalfLife = TimeSpan.FromDays(60);
                options.ZoneOf = userId => userId == "ann" ? "Europe/Vienna" : null;
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        CustomerProfiles profiles = provider.GetRequiredService<CustomerProfiles>();
        IInteractionLog log = provider.GetRequiredService<IInteractionLog>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        await profiles.LoadAsync(log); // once, when the process starts
        await log.AppendAsync(
        [
            new Interaction("ann", (ItemId)"green-tea", InteractionKind.Purchase, now)
            {
                EventId = "receipt-17/1",
                Details = new InteractionDetails { Amount = 7.20m, Discount = 0.80m, OrderId = "receipt-17", Channel = ChannelId.AppPush },
            },
        ]);
        profiles.SetTag("ann", new CustomerTag("new parent", "survey", now));

        ProfileSegments segments = profiles.Segment(); // now and then: quintiles and clusters over all customers
        CustomerProfile? ann = profiles.Find("ann");   // interests, purchases, price, discount, hours, channels, segment
        byte[]? copy = profiles.Export("ann");         // what a customer may ask for
        profiles.Forget("ann");                        // and erase

        return segments.Buyers == 1 && copy is not null && profiles.Find("ann") is null ? ann : null;
    }
}
