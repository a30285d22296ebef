import Crypto
import Testing

@testable import Proof

/// A tree made the slow way, straight from the definition of RFC 6962.
private func slowRoot(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
  if leaves.isEmpty { return Array(SHA256.hash(data: [UInt8]())) }
  if leaves.count == 1 { return Array(SHA256.hash(data: [0] + leaves.first!)) }
  var half = 1
  while half * 2 < leaves.count { half *= 2 }
  let middle = leaves.startIndex + half
  return Array(SHA256.hash(data: [1] + slowRoot(leaves[..<middle]) + slowRoot(leaves[middle...])))
}

private func node(_ hashes: [TreeHash]) -> Tree.Node<Never> {
  { height, index in TreeHashes.fold(hashes[Int(index) << height..<(Int(index) + 1) << height]) }
}

@Suite struct `The tree` {
  @Test func `hashes as swift-crypto does, with and without the processor's help`() {
    for count in 0...1000 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) }
      let expected = Array(SHA256.hash(data: bytes))
      #expect(TreeHash.plain(bytes.span).bytes == expected)
      #expect(TreeHash.portable(prefix: -1, bytes.span).bytes == expected)
      let leaf = Array(SHA256.hash(data: [0] + bytes))
      #expect(TreeHash.leaf(bytes.span).bytes == leaf)
      #expect(TreeHash.portable(prefix: 0, bytes.span).bytes == leaf)
    }
  }

  @Test func `hashes entries two at a time as one by one, of every length beside every other`() {
    let lengths = Array(0...130) + [200, 499, 998, 999, 1000, 1001, 1002, 2500]
    for first in lengths {
      for second in [0, 1, 54, 55, 56, 119, 500, 1000, 1001] {
        let entries = [first, second, 77].map { count in
          (0..<count).map { UInt8(truncatingIfNeeded: $0 * 13 + first + second) }
        }
        // Borders in front, as in a bundle.
        var (bytes, end): ([UInt8], UInt32) = ([], 16)
        for count in [0] + entries.map(\.count) {
          end += UInt32(count)
          bytes += (0..<4).map { UInt8(truncatingIfNeeded: end >> (8 * $0)) }
        }
        bytes += entries.joined()
        var found: [TreeHash] = []
        TreeHashes.leaves(bytes.span, offsets: 0, count: 3, into: &found)
        #expect(found.map(\.bytes) == entries.map { Array(SHA256.hash(data: [0] + $0)) })
      }
    }
  }

  @Test(arguments: [1, 2, 4, 64, 256])
  func `halves hashes two pairs at a time as the definition does`(count: Int) {
    let leaves = (0..<count).map { [UInt8(truncatingIfNeeded: $0), 7] }
    let hashes = leaves.map { TreeHash.leaf($0.span) }
    #expect(TreeHashes.fold(hashes).bytes == slowRoot(leaves[...]))
  }

  // The published vectors of Certificate Transparency's own tests: eight leaves, root of each size.
  @Test func `has the roots that Certificate Transparency publishes`() {
    let leaves: [[UInt8]] = [
      [], [0], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
      [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
      [
        0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
        0x6f,
      ],
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    let hashes = leaves.map { TreeHash.leaf($0.span) }
    for size in 1...8 {
      let root = Tree.root(of: UInt64(size), node(hashes)).bytes
      #expect(root.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == roots[size - 1])
    }
  }

  @Test func `proves every leaf and every earlier size, and nothing else`() {
    let leaves = (0..<70).map { [UInt8](repeating: UInt8($0), count: $0) }
    let hashes = leaves.map { TreeHash.leaf($0.span) }
    for size in 1...70 {
      let root = Tree.root(of: UInt64(size), node(hashes))
      #expect(root.bytes == slowRoot(leaves[..<size]))
      for index in 0..<size {
        let path = Tree.inclusion(of: UInt64(index), in: UInt64(size), node(hashes))
        func holds(_ leaf: Int, _ at: Int, _ path: [TreeHash], _ size: Int) -> Bool {
          TreeProof.isIncluded(
            hashes[leaf], at: UInt64(at), in: root, size: UInt64(size), path: path)
        }
        #expect(holds(index, index, path, size))
        #expect(!holds((index + 1) % 70, index, path, size))
        #expect(!holds(index, index, path + [root], size))
        #expect(!holds(index, size, path, size))
        if !path.isEmpty {
          #expect(!holds(index, index, Array(path.dropLast()), size))
          #expect(!holds(index, index ^ 1, path, size))
        }
      }
      for old in 0...size {
        let proof = Tree.consistency(from: UInt64(old), to: UInt64(size), node(hashes))
        let before = Tree.root(of: UInt64(old), node(hashes))
        func holds(_ old: Int, _ a: TreeHash, _ b: TreeHash, _ proof: [TreeHash]) -> Bool {
          TreeProof.isConsistent(old: UInt64(old), a, new: UInt64(size), b, proof: proof)
        }
        #expect(holds(old, before, root, proof))
        #expect(!holds(old, .leaf([9].span), root, proof))
        #expect(!holds(old, before, .leaf([9].span), proof) || old == 0)
        if old > 0 { #expect(!holds(old, before, root, proof + [root])) }
        if !proof.isEmpty { #expect(!holds(old, before, root, Array(proof.dropLast()))) }
      }
    }
  }

  @Test func `grows at its edge as it is defined, leaf by leaf or tile by tile`() {
    let count = 256 * 256 + 300
    let hashes = (0..<count).map {
      TreeHash.leaf([UInt8(truncatingIfNeeded: $0), UInt8($0 >> 12)].span)
    }
    var (slow, fast) = (TreeEdge(), TreeEdge())
    var (slowTiles, fastTiles): ([TreeEdge.Complete], [TreeEdge.Complete]) = ([], [])
    for index in 0..<count { slow.append(hashes[index], &slowTiles) }
    for tile in 0..<(count / 256) {
      fast.append(TreeHashes.fold(hashes[tile * 256..<tile * 256 + 256]), height: 8, &fastTiles)
    }
    for index in (count / 256 * 256)..<count { fast.append(hashes[index], &fastTiles) }
    #expect(slow.root == Tree.root(of: UInt64(count), node(hashes)))
    #expect(fast.root == slow.root)
    #expect(slowTiles == fastTiles)
    #expect(slowTiles.filter { $0.level == 1 }.count == 257)
    #expect(slowTiles.filter { $0.level == 2 }.count == 1)
    let again = TreeEdge(size: UInt64(count)) { height, index in
      TreeHashes.fold(hashes[Int(index) << height..<(Int(index) + 1) << height])
    }
    #expect(again.root == slow.root)
  }
}

@Suite struct `Tiles` {
  @Test func `stand where C2SP says`() {
    #expect(TilePath(level: 0, index: 0).text == "tile/0/000")
    #expect(TilePath(level: 1, index: 1_234_067).text == "tile/1/x001/x234/067")
    #expect(TilePath(level: nil, index: 1000, width: 7).text == "tile/entries/x001/000.p/7")
    // The example of the specification: a tree of 70,000.
    let all = TilePath.all(of: 70_000).filter { $0.level != nil }
    #expect(all.filter { $0.level == 0 && $0.width == 256 }.count == 273)
    #expect(
      all.filter { $0.width < 256 }.map(\.text) == [
        "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
      ])
    #expect(
      TilePath.all(of: 256).map(\.text) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
    #expect(
      TilePath.all(of: 300, from: 256).map(\.text) == ["tile/entries/001.p/44", "tile/0/001.p/44"])
    #expect(TilePath.all(of: 0).isEmpty)
  }

  @Test func `hold entries behind their lengths`() {
    var bytes: [UInt8] = []
    #expect(EntryBundle.append([1, 2, 3].span, to: &bytes))
    #expect(EntryBundle.append([UInt8](repeating: 7, count: 300).span, to: &bytes))
    #expect(!EntryBundle.append([UInt8](repeating: 7, count: 65_536).span, to: &bytes))
    #expect(bytes.starts(with: [0, 3, 1, 2, 3, 1, 44, 7]))
    #expect(EntryBundle.entries(bytes.span, count: 2) == [2..<5, 7..<307])
    #expect(EntryBundle.entries(bytes.span, count: 1) == nil)
    #expect(EntryBundle.entries(bytes.span.extracting(0..<200), count: 2) == nil)
  }
}
