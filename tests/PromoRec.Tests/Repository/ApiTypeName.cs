using System.Reflection;

namespace PromoRec.Tests.Repository;

/// <summary>Names types as C# does, with '?' where null is allowed.</summary>
internal static class ApiTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Of(type, null);

    public static string Of(Type type, NullabilityInfo? nullability)
    {
        string suffix = nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Of(value)}?";
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{suffix}";
        }

        if (!type.IsGenericType)
        {
            return $"{Keywords.GetValueOrDefault(type, type.Name)}{suffix}";
        }

        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] inner = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> names = arguments.Select((argument, i) => Of(argument, i < inner.Length ? inner[i] : null));
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", names)}>{suffix}";
    }
}
