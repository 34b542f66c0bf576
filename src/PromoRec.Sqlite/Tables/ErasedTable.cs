using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>Who was erased, without saying who.</summary>
internal sealed class ErasedTable : IDisposable
{
    private readonly SqliteStatement _get;
    private readonly SqliteStatement _put;
    private readonly byte[] _salt;

    public ErasedTable(SqliteDatabase database)
    {
        using SqliteStatement salt = database.Prepare("SELECT value FROM salt");
        _salt = salt.Step() ? salt.Bytes(0).ToArray() : [];
        _get = database.Prepare("SELECT version FROM erased WHERE tombstone = ?1 AND part = ?2");
        _put = database.Prepare("INSERT INTO erased (tombstone, part, version) VALUES (?1, ?2, ?3) ON CONFLICT (tombstone, part) DO UPDATE SET version = excluded.version");
    }

    /// <summary>Whether a part of a customer was erased, and the version it had reached.</summary>
    public bool Contains(UserId userId, ErasedPart part, out long version)
    {
        Span<byte> tombstone = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(userId, tombstone);
        version = 0;
        if (!_get.Bind(1, tombstone).Bind(2, (long)part).Step())
        {
            return false;
        }

        version = _get.Int64(0);
        _get.Reset();
        return true;
    }

    public void Put(UserId userId, ErasedPart part, long version)
    {
        Span<byte> tombstone = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(userId, tombstone);
        _put.Bind(1, tombstone).Bind(2, (long)part).Bind(3, version).Run();
    }

    public void Dispose()
    {
        _get.Dispose();
        _put.Dispose();
    }

    private void Hash(UserId userId, Span<byte> tombstone)
    {
        string text = userId.ToString();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(_salt.Length + Encoding.UTF8.GetMaxByteCount(text.Length));
        _salt.CopyTo(bytes, 0);
        int length = _salt.Length + Encoding.UTF8.GetBytes(text, bytes.AsSpan(_salt.Length));
        SHA256.HashData(bytes.AsSpan(0, length), tombstone);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
