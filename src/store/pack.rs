//! Packs the tables of a finished store, so that they take least room.
//!
//! Oxigraph opens RocksDB so that it compresses neither the first two levels nor, in a small store, the last one, and a load
//! in parts leaves every word and index entry in several tables. When a store has grown enough since it was last packed,
//! each of its key spaces is merged into one sorted run of strongly compressed tables. They name their format themselves: every
//! RocksDB with LZ4 reads them, Oxigraph's own server among them. Nothing is added or taken away, and a killed packing leaves
//! the store as whole as it was.

use std::ffi::{CStr, CString, c_char, c_int, c_uchar};
use std::fs;
use std::path::Path;
use std::ptr;
use std::thread::available_parallelism;

use oxrocksdb_sys as sys;

/// The file that tells how many bytes the tables had when they were last packed.
const PACKED: &str = "packed";

/// Tables may grow by a half and so many bytes before they are packed again: a small change of a large graph stays cheap, and a
/// graph that grows step by step is written a few times at most.
const SPARE: u64 = 16 << 20;

/// Bytes of a block, the unit of compression and of reading: 32 KiB take a fifth less than 4, for look-ups that take up to half
/// as long again (docs/scale.md).
const BLOCK: usize = 32 << 10;

/// Keys between two that are written in full; LZ4 sees to the rest.
const RESTART: c_int = 64;

/// Of LZ4's high compression: level 9 wins half a per cent more and takes two thirds longer.
const LEVEL: c_int = 3;

/// Where terms lie by their hashes: read by whole keys, for which it has filters of so many bits a key, as Oxigraph makes them.
const TERMS: &CStr = c"id2str";
const FILTER: f64 = 10.0;

/// Tables that are open at a time.
const OPEN: c_int = 256;

/// `kForceOptimized` of RocksDB's `BottommostLevelCompaction`.
const FORCE: c_uchar = 3;

/// Packs the tables in a folder, which no store has open, if they have grown enough. What cannot be packed, for want of room,
/// stays as it is.
pub fn pack(folder: &Path) {
    let former = fs::read_to_string(folder.join(PACKED)).ok().and_then(|text| text.trim().parse::<u64>().ok());
    let former = former.unwrap_or(0);
    if tables(folder) <= former + former / 2 + SPARE {
        return;
    }
    if compact(folder).is_some() {
        _ = fs::write(folder.join(PACKED), format!("{}\n", tables(folder)));
    }
}

/// The bytes of all tables.
fn tables(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let tables = entries.filter(|e| e.path().extension().is_some_and(|x| x == "sst"));
    tables.filter_map(|e| e.metadata().ok()).map(|m| m.len()).sum()
}

/// Merges every key space into one run; `None` if the store cannot be opened.
fn compact(folder: &Path) -> Option<()> {
    let path = CString::new(folder.to_str()?).ok()?;
    // SAFETY: each object is made by the call that RocksDB's header names for it, checked, used on this thread only and given
    // back once, after the database that uses it.
    unsafe {
        let options = options();
        let names = names(options, &path);
        let each: Vec<_> = names.iter().map(|name| options_of(options, name)).collect();
        let opened = open(options, &path, &names, &each);
        if let Some((db, handles)) = &opened {
            merge(*db, handles);
            handles.iter().for_each(|handle| sys::rocksdb_column_family_handle_destroy(*handle));
            sys::rocksdb_close(*db);
        }
        each.into_iter().for_each(|of| sys::rocksdb_options_destroy(of));
        sys::rocksdb_options_destroy(options);
        opened.map(drop)
    }
}

unsafe fn options() -> *mut sys::rocksdb_options_t {
    let threads = available_parallelism().map_or(1, usize::from) as c_int;
    unsafe {
        let options = sys::rocksdb_options_create();
        sys::rocksdb_options_increase_parallelism(options, threads);
        sys::rocksdb_options_set_max_subcompactions(options, threads as u32);
        sys::rocksdb_options_set_disable_auto_compactions(options, 1);
        sys::rocksdb_options_set_max_open_files(options, OPEN);
        // warnings only, as Oxigraph has it
        sys::rocksdb_options_set_info_log_level(options, 2);
        sys::rocksdb_options_set_compression(options, sys::rocksdb_lz4_compression as c_int);
        sys::rocksdb_options_set_bottommost_compression(options, sys::rocksdb_lz4hc_compression as c_int);
        // window, level, strategy, dictionary
        sys::rocksdb_options_set_bottommost_compression_options(options, -14, LEVEL, 0, 0, 1);
        options
    }
}

/// The options of one key space.
unsafe fn options_of(options: *mut sys::rocksdb_options_t, name: &CStr) -> *mut sys::rocksdb_options_t {
    unsafe {
        let (of, table) = (sys::rocksdb_options_create_copy(options), sys::rocksdb_block_based_options_create());
        sys::rocksdb_block_based_options_set_format_version(table, 5);
        sys::rocksdb_block_based_options_set_block_size(table, BLOCK);
        sys::rocksdb_block_based_options_set_block_restart_interval(table, RESTART);
        sys::rocksdb_block_based_options_set_index_block_restart_interval(table, 16);
        if name == TERMS {
            // owned by the table's options from here on
            let filter = sys::rocksdb_filterpolicy_create_bloom(FILTER);
            sys::rocksdb_block_based_options_set_filter_policy(table, filter);
        }
        sys::rocksdb_options_set_block_based_table_factory(of, table);
        sys::rocksdb_block_based_options_destroy(table);
        of
    }
}

/// The names of the key spaces; none if the folder holds no store.
unsafe fn names(options: *mut sys::rocksdb_options_t, path: &CStr) -> Vec<CString> {
    unsafe {
        let (mut count, mut error) = (0, ptr::null_mut());
        let list = sys::rocksdb_list_column_families(options, path.as_ptr(), &mut count, &mut error);
        if failed(error) {
            return Vec::new();
        }
        let names = (0..count).map(|at| CStr::from_ptr(*list.add(at)).to_owned()).collect();
        sys::rocksdb_list_column_families_destroy(list, count);
        names
    }
}

type Opened = (*mut sys::rocksdb_t, Vec<*mut sys::rocksdb_column_family_handle_t>);

unsafe fn open(
    options: *mut sys::rocksdb_options_t,
    path: &CStr,
    names: &[CString],
    each: &[*mut sys::rocksdb_options_t],
) -> Option<Opened> {
    let pointers: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).collect();
    let (mut handles, mut error) = (vec![ptr::null_mut(); names.len()], ptr::null_mut());
    unsafe {
        let db = sys::rocksdb_open_column_families(
            options,
            path.as_ptr(),
            names.len() as c_int,
            pointers.as_ptr(),
            each.as_ptr().cast(),
            handles.as_mut_ptr(),
            &mut error,
        );
        (!failed(error)).then_some((db, handles))
    }
}

unsafe fn merge(db: *mut sys::rocksdb_t, handles: &[*mut sys::rocksdb_column_family_handle_t]) {
    unsafe {
        let how = sys::rocksdb_compactoptions_create();
        sys::rocksdb_compactoptions_set_bottommost_level_compaction(how, FORCE);
        for handle in handles {
            sys::rocksdb_compact_range_cf_opt(db, *handle, how, ptr::null(), 0, ptr::null(), 0);
        }
        sys::rocksdb_compactoptions_destroy(how);
    }
}

/// Whether a call left an error, which is given back.
unsafe fn failed(error: *mut c_char) -> bool {
    let failed = !error.is_null();
    unsafe { sys::rocksdb_free(error.cast()) };
    failed
}
