using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PromoRec.Candidates;

namespace PromoRec.Ranking;

/// <summary>Decides for one request which offers are left out, and counts them under the first reason that applies.</summary>
internal ref struct OfferFilter(CompiledCatalog catalog, UserId userId, RankRequest request, long nowTicks, ICustomerDirectory? directory, ReadOnlySpan<Consumption> consumed, Span<sbyte> segments)
{
    private const sbyte IsMember = 1;
    private const sbyte IsNoMember = -1;

    // Rows that are looked at together.
    private const int Block = 128;

    private readonly ReadOnlySpan<long> _validFrom = catalog.ValidFrom;
    private readonly ReadOnlySpan<long> _validTo = catalog.ValidTo;
    private readonly ReadOnlySpan<int[]?> _allowed = catalog.Segments;
    private readonly ReadOnlySpan<Consumption> _consumed = consumed;

    // An offer itself is looked at only where the request asks for something, so that a long catalog stays out of the way.
    private readonly bool _asksForOffers = request.Only is not null || request.Except is not null || request.Where is not null;

    // What the customer did to an offer that leaves it out.
    private readonly Consumption _hidden = (request.HideRedeemed ? Consumption.Redeemed : Consumption.None) | (request.HidePurchased ? Consumption.Purchased : Consumption.None);

    // What the directory said about each segment; 0 where it was not asked yet.
    private readonly Span<sbyte> _segments = segments;

    private int _notValidNow;
    private int _notInSegment;
    private int _notRequested;
    private int _redeemed;
    private int _purchased;
    private int _notWhere;

    /// <summary>How many offers the customer could be shown, whatever the request asks for and hides: of those looked at, the valid ones of their segments.</summary>
    public readonly int Choice => catalog.Count - _notValidNow - _notInSegment;

    public readonly ExclusionCounts Counts => new()
    {
        NotValidNow = _notValidNow,
        NotInSegment = _notInSegment,
        NotRequested = _notRequested,
        Redeemed = _redeemed,
        Purchased = _purchased,
        NotWhere = _notWhere,
    };

    /// <summary>Admits what may be ranked of all offers, and returns the rows, ascending.</summary>
    /// <param name="admitted">Room for all rows.</param>
    public ReadOnlySpan<int> AdmitAll(Span<int> admitted)
    {
        ReadOnlySpan<bool> isClosed = _asksForOffers ? [] : catalog.OpenAt(nowTicks).IsClosed;
        int count = 0;
        for (int row = 0; row < catalog.Count; row += Block)
        {
            int length = Math.Min(Block, catalog.Count - row);
            if (!_asksForOffers && !isClosed.Slice(row, length).Contains(true) && !MemoryMarshal.AsBytes(_consumed.Slice(row, length)).ContainsAnyExcept((byte)0))
            {
                catalog.Rows.Slice(row, length).CopyTo(admitted[count..]);
                count += length;
                continue;
            }

            for (int one = row; one < row + length; one++)
            {
                if (Admits(one))
                {
                    admitted[count++] = one;
                }
            }
        }

        return admitted[..count];
    }

    /// <summary>Whether an offer may be ranked. Nearly all may and are for everybody: those take no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admits(int row) => (!_asksForOffers && IsValid(row) && _allowed[row] is null && (_consumed[row] & _hidden) == 0) || AdmitsOrCounts(row);

    private bool AdmitsOrCounts(int row)
    {
        if (!IsValid(row))
        {
            _notValidNow++;
        }
        else if (_allowed[row] is { } allowed && !IsInOneOf(allowed))
        {
            _notInSegment++;
        }
        else if (_asksForOffers && !IsRequested(catalog.Offers[row].Id))
        {
            _notRequested++;
        }
        else if ((_consumed[row] & _hidden & Consumption.Redeemed) != 0)
        {
            _redeemed++;
        }
        else if ((_consumed[row] & _hidden & Consumption.Purchased) != 0)
        {
            _purchased++;
        }
        else if (request.Where is { } where && !where(catalog.Offers[row]))
        {
            _notWhere++;
        }
        else
        {
            return true;
        }

        return false;
    }

    private readonly bool IsValid(int row) => nowTicks >= _validFrom[row] && nowTicks < _validTo[row];

    private readonly bool IsRequested(OfferId id) => request.Only?.Contains(id) != false && request.Except?.Contains(id) != true;

    private readonly bool IsInOneOf(ReadOnlySpan<int> allowed)
    {
        foreach (int segment in allowed)
        {
            if (_segments[segment] == 0)
            {
                // Without a directory nobody is known to be in any segment.
                bool isMember = directory is not null && directory.IsInSegment(userId, catalog.SegmentNames[segment]);
                _segments[segment] = isMember ? IsMember : IsNoMember;
            }

            if (_segments[segment] == IsMember)
            {
                return true;
            }
        }

        return false;
    }
}
