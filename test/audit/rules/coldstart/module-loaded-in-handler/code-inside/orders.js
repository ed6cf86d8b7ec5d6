exports.handler = async event => {
  const {createHash} = require('node:crypto');
  const sharp = require('sharp');
  const {PDFDocument} = await import('pdf-lib');
  return sharp(createHash('sha256').update(PDFDocument.create(event)).digest());
};
