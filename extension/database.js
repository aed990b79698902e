// A database of this browser's (IndexedDB), opened for each transaction: nothing is lost with a stopped background.

/**
 * @param {string} name @param {Record<string, IDBObjectStoreParameters>} stores what it holds, and how each is keyed
 * @param {IDBTransactionOptions} [options]
 * @returns what runs `work` on the stores in one transaction, and gives the result of the request that it returned, once
 *   all is committed
 */
export function database(name, stores, options) {
  const names = Object.keys(stores);

  /** @returns {Promise<IDBDatabase>} */
  const open = () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, 1);
      opening.onupgradeneeded = () => names.forEach((one) => opening.result.createObjectStore(one, stores[one]));
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });

  /** @param {IDBTransactionMode} mode @param {(...stores: IDBObjectStore[]) => IDBRequest | void} work @returns {Promise<any>} */
  return async (mode, work) => {
    const opened = await open();
    try {
      const transaction = opened.transaction(names, mode, options);
      const request = work(...names.map((one) => transaction.objectStore(one)));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
      return request?.result;
    } finally {
      opened.close();
    }
  };
}
