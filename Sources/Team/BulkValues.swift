extension TeamLink.Value {
    /// The numbers by which PostgreSQL knows the types of elements.
    private enum Element: UInt32 { case bytes = 17, whole = 20, text = 25 }

    /// Texts as one value, `text[]`: rows without a statement for each.
    package static func texts(_ texts: some Collection<String?>) -> TeamLink.Value {
        array(.text, texts) { text, bytes in bytes.append(contentsOf: text.utf8.lazy.filter { $0 != 0 }) }
    }

    /// Numbers as one value, `bigint[]`.
    package static func wholes(_ numbers: some Collection<Int64?>) -> TeamLink.Value {
        array(.whole, numbers) { number, bytes in append(UInt64(bitPattern: number), to: &bytes) }
    }

    /// Values of bytes as one value, `bytea[]`.
    package static func blobs(_ blobs: some Collection<[UInt8]?>) -> TeamLink.Value {
        array(.bytes, blobs) { blob, bytes in bytes.append(contentsOf: blob) }
    }

    /// An array as the server itself sends it: dimensions, whether there are NULLs, type, length, first index, elements.
    private static func array<Item>(
        _ type: Element, _ items: some Collection<Item?>, _ write: (Item, inout [UInt8]) -> Void
    ) -> TeamLink.Value {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + 16 * items.count)
        for number in [items.isEmpty ? 0 : 1, items.contains { $0 == nil } ? 1 : 0, type.rawValue] as [UInt32]
        {
            append(number, to: &bytes)
        }
        guard !items.isEmpty else { return .bytes(bytes) }
        append(UInt32(items.count), to: &bytes)
        append(UInt32(1), to: &bytes)
        for item in items {
            guard let item else {
                append(UInt32.max, to: &bytes)
                continue
            }
            let start = bytes.count
            append(UInt32(0), to: &bytes)
            write(item, &bytes)
            let length = UInt32(bytes.count - start - 4)
            for byte in 0..<4 { bytes[start + byte] = UInt8(truncatingIfNeeded: length >> (24 - 8 * byte)) }
        }
        return .bytes(bytes)
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
