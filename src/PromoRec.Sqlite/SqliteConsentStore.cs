using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Sqlite.Tables;
using PromoRec.Sqlite.Work;

namespace PromoRec.Sqlite;

/// <summary>Consent ledgers in a SQLite file.</summary>
internal sealed class SqliteConsentStore(StoreThread writer, StoreThread reader) : IConsentStore
{
    public ValueTask<ConsentAppendResult> AppendAsync(
        UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        ConsentEvent[] added = ConsentCheck.ThrowIfInvalid(userId, events);
        return writer.RunAsync(batch => Append(batch.Session, userId, added, expectedVersion), cancellationToken);
    }

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        return reader.RunAsync(batch => Read(batch.Session, userId), cancellationToken);
    }

    public async ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        await writer.RunAsync(batch => Forget(batch, userId), cancellationToken).ConfigureAwait(false);
    }

    private static ConsentAppendResult Append(StoreSession session, UserId userId, ConsentEvent[] added, long? expectedVersion)
    {
        long? known = session.Consents.Find(userId);
        if (known is null && session.Erased.Contains(userId, ErasedPart.Consent, out long last))
        {
            return new ConsentAppendResult(ConsentAppendStatus.Erased, last);
        }

        long version = known is { } customer ? session.Consents.Version(customer) : 0;
        if (expectedVersion is { } expected && expected != version)
        {
            return new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, version);
        }

        foreach (ConsentEvent each in added)
        {
            long id = known ??= session.Consents.Add(userId);
            if (!session.Consents.HasEvent(id, each.EventId))
            {
                session.Consents.Append(id, ++version, each);
            }
        }

        return new ConsentAppendResult(ConsentAppendStatus.Appended, version);
    }

    private static ConsentRecord Read(StoreSession session, UserId userId)
    {
        if (session.Consents.Find(userId) is { } customer)
        {
            ImmutableArray<ConsentEvent> events = session.Consents.Read(customer);
            return new ConsentRecord(events.Length, events, false);
        }

        bool isErased = session.Erased.Contains(userId, ErasedPart.Consent, out long version);
        return new ConsentRecord(version, [], isErased);
    }

    private static bool Forget(StoreBatch batch, UserId userId)
    {
        StoreSession session = batch.Session;
        if (session.Consents.Find(userId) is { } customer)
        {
            session.Erased.Put(userId, ErasedPart.Consent, session.Consents.Version(customer));
            session.Consents.Delete(userId);
        }
        else if (!session.Erased.Contains(userId, ErasedPart.Consent, out _))
        {
            session.Erased.Put(userId, ErasedPart.Consent, 0);
        }

        return batch.HasErased = true;
    }
}
