using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Consent.Unsubscribing;
using PromoRec.Delivery;
using PromoRec.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.QuietHours;

namespace PromoRec;

/// <summary>Adds the push engine, and chooses its stores, customers and channels.</summary>
public static class PromoRecPushExtensions
{
    /// <summary>Adds <see cref="IPushEngine"/>. Every other method for pushes does so as well; a second call adds nothing.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options, which are checked when the host starts, or else when the engine is first resolved.</param>
    /// <remarks>
    /// The engine needs a store and a source of customers, which are never chosen silently: without them, resolving it fails and the error says what is missing.
    /// Policies that every shop needs are there from the start; others are added.
    /// </remarks>
    public static PromoRecBuilder AddPush(this PromoRecBuilder builder, Action<PushOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PushComposition.AddEngine(builder.Services);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    /// <summary>Keeps reservations and consent in memory, as long as the process lives: for tests and demonstrations, because both must outlive a process.</summary>
    public static PromoRecBuilder UseInMemoryPushStore(this PromoRecBuilder builder) => builder.UsePushStore(
        provider => new InMemoryReservationLedger(provider.GetRequiredService<IOptions<LedgerOptions>>().Value, provider.GetService<TimeProvider>()),
        _ => new InMemoryConsentStore());

    /// <summary>Keeps reservations and consent where the host wants them. What was chosen before is replaced.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="ledger">Makes the ledger of reservations, once. How long it remembers, its <see cref="LedgerOptions"/> say.</param>
    /// <param name="consent">Makes the store of consent, once.</param>
    public static PromoRecBuilder UsePushStore(this PromoRecBuilder builder, Func<IServiceProvider, IReservationLedger> ledger, Func<IServiceProvider, IConsentStore> consent)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(consent);
        builder.AddPush().Services.Replace(ServiceDescriptor.Singleton(ledger));
        builder.Services.Replace(ServiceDescriptor.Singleton(consent));
        return builder;
    }

    /// <summary>Takes customers from the host's own source, made by the container once. What was chosen before is replaced.</summary>
    public static PromoRecBuilder UsePushCustomers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(this PromoRecBuilder builder)
        where TSource : class, IPushCustomerSource
    {
        builder.AddPush().Services.TryAddSingleton<TSource>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IPushCustomerSource>(provider => provider.GetRequiredService<TSource>()));
        return builder;
    }

    /// <summary>Takes customers from a source that the host has made. What was chosen before is replaced.</summary>
    public static PromoRecBuilder UsePushCustomers(this PromoRecBuilder builder, IPushCustomerSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        builder.AddPush().Services.Replace(ServiceDescriptor.Singleton(source));
        return builder;
    }

    /// <summary>Adds a channel of the host, made by the container once. Policies may name it, and pushes may go over it.</summary>
    public static PromoRecBuilder AddPushChannel<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TChannel>(this PromoRecBuilder builder)
        where TChannel : class, IPushChannel
    {
        builder.AddPush().Services.TryAddSingleton<TChannel>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPushChannel, TChannel>(provider => provider.GetRequiredService<TChannel>()));
        return builder;
    }

    /// <summary>Takes the limits of offers from the host's own source, made by the container once. Without it, an <see cref="InMemoryOfferRules"/> holds what the host puts into it.</summary>
    public static PromoRecBuilder UseOfferRules<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRules>(this PromoRecBuilder builder)
        where TRules : class, IOfferRules
    {
        builder.AddPush().Services.TryAddSingleton<TRules>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IOfferRules>(provider => provider.GetRequiredService<TRules>()));
        return builder;
    }

    /// <summary>Takes holidays from the host's own calendar, made by the container once. What was chosen before is replaced.</summary>
    public static PromoRecBuilder UseQuietCalendar<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCalendar>(this PromoRecBuilder builder)
        where TCalendar : class, IQuietCalendar
    {
        builder.AddPush().Services.TryAddSingleton<TCalendar>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IQuietCalendar>(provider => provider.GetRequiredService<TCalendar>()));
        return builder;
    }

    /// <summary>Adds a jurisdiction pack, which replaces the one of the same id and takes over the countries it names. It is read when packs are first needed.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="utf8Json">The file's content; docs/guide/consent.md says what it may hold.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static PromoRecBuilder AddJurisdictionPack(this PromoRecBuilder builder, ReadOnlyMemory<byte> utf8Json, string fileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        builder.AddPush().Services.AddSingleton(new PackChange(packs => packs.With(utf8Json.Span, fileName)));
        return builder;
    }

    /// <summary>Tells an observer of the host what customers have said, before the call that said it returns. Made by the container once.</summary>
    public static PromoRecBuilder AddConsentObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(this PromoRecBuilder builder)
        where TObserver : class, IConsentObserver
    {
        builder.AddPush().Services.TryAddSingleton<TObserver>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConsentObserver, TObserver>(provider => provider.GetRequiredService<TObserver>()));
        return builder;
    }

    /// <summary>Makes <see cref="UnsubscribeTokens"/> for links with which customers leave in one step.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="active">The key that new tokens are made with.</param>
    /// <param name="older">Keys of tokens that were sent before. Keep each for at least 30 days.</param>
    public static PromoRecBuilder UseUnsubscribeKeys(this PromoRecBuilder builder, UnsubscribeKey active, params UnsubscribeKey[] older)
    {
        builder.AddPush().Services.Replace(ServiceDescriptor.Singleton(new UnsubscribeTokens(active, older)));
        return builder;
    }
}
