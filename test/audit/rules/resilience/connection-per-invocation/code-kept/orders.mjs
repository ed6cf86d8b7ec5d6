import mysql from 'mysql2/promise';

let orders;

export const handler = async event => {
  const connection = await connect();
  return connection.query('select * from orders where id = ?', [event.id]);
};

async function connect() {
  if (orders) return orders;
  const made = await mysql.createConnection({host: process.env.HOST});
  orders = made;
  return made;
}
