using System.Buffers.Binary;
using System.Text;

namespace PromoRec.Tests.Models;

/// <summary>Writes safetensors files as other tools do: without alignment and without checksums.</summary>
internal static class PlainSafetensors
{
    public static byte[] Write(params (string Name, string Type, int[] Shape, byte[] Data)[] tensors)
    {
        var json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int at = 0;
        foreach ((string name, string type, int[] shape, byte[] data) in tensors)
        {
            json.Append(null, $",\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{at + data.Length}]}}");
            at += data.Length;
        }

        byte[] header = Encoding.UTF8.GetBytes(json.Append('}').ToString());
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. tensors.SelectMany(tensor => tensor.Data)];
    }
}
