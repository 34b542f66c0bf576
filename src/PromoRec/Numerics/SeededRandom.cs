using System.Numerics;

namespace PromoRec.Numerics;

/// <summary>Pseudorandom numbers that depend on nothing but a seed and a stream, on every machine.</summary>
/// <remarks>
/// xoshiro256**, its state filled by SplitMix64. A stream is cheap to make: give every row its own, and the numbers do not depend on
/// which thread draws them. A mutable struct: pass it by reference. Not for secrets.
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
/// </remarks>
internal struct SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian;
    private bool _hasSpareGaussian;

    public SeededRandom(ulong seed, ulong stream = 0)
    {
        // Stream 0 is the published algorithm with this seed; another stream starts far away from it.
        ulong counter = seed + Mix(stream);
        _s0 = Mix(counter += GoldenGamma);
        _s1 = Mix(counter += GoldenGamma);
        _s2 = Mix(counter += GoldenGamma);
        _s3 = Mix(counter + GoldenGamma);
    }

    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="exclusiveMax"/>, each equally likely.</summary>
    /// <remarks>Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        uint range = (uint)exclusiveMax;
        ulong product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            uint unfair = (0u - range) % range;
            while ((uint)product < unfair)
            {
                product = (NextUInt64() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A multiple of 2⁻⁵³ from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A multiple of 2⁻²⁴ from 0 up to, not including, 1.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1 << 24));

    /// <summary>A number from the normal distribution with mean 0 and variance 1.</summary>
    /// <remarks>The polar method: Marsaglia and Bray, SIAM Review 6(3), 1964.</remarks>
    public double NextGaussian()
    {
        if (_hasSpareGaussian)
        {
            _hasSpareGaussian = false;
            return _spareGaussian;
        }

        double x, y, square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Log(square) / square);
        _spareGaussian = y * scale;
        _hasSpareGaussian = true;
        return x * scale;
    }

    /// <summary>The natural logarithm of a positive normal number, to about 1e-16, by operations that round alike everywhere; Math.Log does not promise that.</summary>
    internal static double Log(double value)
    {
        const double Ln2 = 0.69314718055994530942;
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // log m = 2 atanh((m - 1) / (m + 1)); the argument is below 0.172, so eleven terms of the series are enough.
        double ratio = (mantissa - 1) / (mantissa + 1);
        double square = ratio * ratio;
        double series = 0;
        for (int power = 21; power >= 3; power -= 2)
        {
            series = (series + (1.0 / power)) * square;
        }

        return (exponent * Ln2) + (2 * (ratio + (ratio * series)));
    }

    /// <summary>The finalizer of SplitMix64. Source: Steele, Lea and Flood, OOPSLA 2014. Mix(0) = 0.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
